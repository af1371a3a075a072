"""Office files are zip archives that hold the moment of their making; here that moment is taken out, so that equal content is equal bytes."""

import io
import re
import zipfile

EPOCH = (2020, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_CREATED = re.compile(rb"<dcterms:created[^>]*>([^<]*)</dcterms:created>")


def same_bytes(data: bytes) -> bytes:
    """Write an archive again with fixed dates, the document's own last change set to its creation."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml" and (created := _CREATED.search(content)):
                content = _MODIFIED.sub(rb"\g<1>" + created[1] + rb"\g<2>", content)
            target.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
