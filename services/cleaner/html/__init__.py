"""From a page's HTML to its article.

    decode(data, declared)        bytes → text, with the charset and where it was stated
    extract(html, url, limits)    page → HtmlArticle, or Rejected with a typed reason

`extract` works in a killable process of its own (`guard`), so that one page cannot take the service's time or memory.
What it does there (`extraction`): blocks of the page in order, trafilatura's choice among them, a small model that
corrects that choice, and metadata with the origin of each field.
"""

from copydesk.services.cleaner.html.article import HtmlArticle, Limits
from copydesk.services.cleaner.html.charset import Decoded, decode
from copydesk.services.cleaner.html.guard import close, extract

__all__ = ["Decoded", "HtmlArticle", "Limits", "close", "decode", "extract"]
