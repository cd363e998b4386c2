"""Pictures of the library, as SVG that the server draws: works by date, reading over time, the citation graph.

Charts are Vega-Lite, drawn by vl-convert; graphs are laid out by networkx. Both come with `litdb-notes[pictures]`.
"""
