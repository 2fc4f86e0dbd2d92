"""From a raw page to the article in it.

    stage.CleanerStage            the stage: RawArticle → CleanedPart, or Rejected with a typed reason
    text.clean(text, ...)         stripped text → Article (body, title, dateline, captions, what was removed and why)
    html/                         HTML → its article
    sources/                      lines that a source repeats on many of its articles

The line model, which stripped text and HTML share:

    lines.split(text)             → list[Block]      lines that are not blank, with their offsets
    lines.blocks_of(paragraphs)   → list[Block]      the same for paragraphs of HTML
    classify.classify(blocks, reading=None, repeats=None) → list[Label]
        `repeats(line)` tells whether the article's source repeats the line (sources).
        A Label has a kind ("body" or another of lines.Kind), the reason and a confidence. Nothing is dropped: the caller
        keeps what is not body in `removed`.
"""
