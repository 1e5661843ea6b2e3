"""What is public of one package: immutable values, and their canonical JSON both ways.

The public pages, the downloads, the static site and its proof are made from this and from nothing else. What is redacted is not in it:
:attr:`Content.redactions` says which places are withheld and by what ground, and the fields there are blank.
"""

from zhiheng_web.publication.content.codec import Malformed, canonical, digest, from_json, to_json
from zhiheng_web.publication.content.shape import Content

__all__ = ["Content", "Malformed", "canonical", "digest", "from_json", "to_json"]
