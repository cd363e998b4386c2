"""The only room that opens sockets: from a request to an answer or a named failure, one lane at a time.

`client` asks, `visit` asks politely (robots.txt, pace), `lanes` keeps the order, `drive` runs it all.
"""
