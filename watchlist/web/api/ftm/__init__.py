"""``/match`` and its neighbours at the root, as clients of yente call them: FollowTheMoney in and out.

`queries` reads what is asked, `entities` writes what is answered, `shapes` tells both, `routes` has the addresses. Who
is alike is found in `steps.asked.alike`; names of properties are those that lists are read by.
"""
