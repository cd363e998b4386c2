"""The only room that opens sockets: from a request to an answer or a named failure, one lane at a time.

`client` makes one exchange (`leg`) after another, `visit` says politely which is next, `lanes` keeps the order,
`drive` runs it all, `forecast` says how long that takes.
"""
