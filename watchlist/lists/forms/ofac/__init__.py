"""The US Treasury's lists (OFAC): CSV set, XML and advanced XML.

`fields` and `facts` read the cells and remarks that all of them have.
"""
