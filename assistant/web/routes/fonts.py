"""The page's own fonts, for systems that set Arabic badly or not at all."""

from __future__ import annotations

from importlib.resources import files

from fastapi import APIRouter, Response

# These files and no others: what is asked for is never a path.
NAMES = ("noto-naskh-arabic.woff2", "noto-naskh-arabic-bold.woff2")
# A year. A font with other letters would come under another name.
_HEADERS = {"cache-control": "public, max-age=31536000, immutable"}


def fonts() -> APIRouter:
    """Return the route ``/fonts/NAME.woff2``; the sign-in page needs it too, so all may ask."""
    router = APIRouter()
    folder = files("assistant.web").joinpath("static", "fonts")
    held = {name: folder.joinpath(name).read_bytes() for name in NAMES}

    # HEAD too: what watches a page asks that way.
    @router.api_route("/fonts/{name}", methods=["GET", "HEAD"])
    def font(name: str) -> Response:
        data = held.get(name)
        if data is None:
            return Response(status_code=404)
        return Response(data, media_type="font/woff2", headers=_HEADERS)

    return router
