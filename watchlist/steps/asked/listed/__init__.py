"""What somebody asks for of lists: their own made and edited, files taken in and undone, official ones added.

`given` reads an entity as it was typed. What a sync does stands in `steps.sync`: here it is only worded.
"""
