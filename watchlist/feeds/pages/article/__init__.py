"""An article out of its page: what an extraction takes, what it leaves out, what stands around.

The extraction is a library's. `text` calls it and puts together what comes of the rest: `blocks` reads the page once
more, `places` finds there what was extracted, `furniture` tells what on the page is not the article's, `left_out` puts
back what is.
"""
