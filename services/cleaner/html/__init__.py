"""From a page's HTML to its article.

    decode(data, declared)        bytes → text, with the charset and where it was stated
    extract(html, url)            page → HtmlArticle, or Rejected with a typed reason

What it does (`extraction`): blocks of the page in order, resiliparse's choice among them, a small model that
corrects that choice, and metadata with the origin of each field.
"""

from copydesk.services.cleaner.html.article import HtmlArticle
from copydesk.services.cleaner.html.charset import DecodedText, decode_page
from copydesk.services.cleaner.html.extraction import extract_page as extract

__all__ = ["DecodedText", "HtmlArticle", "decode_page", "extract"]
