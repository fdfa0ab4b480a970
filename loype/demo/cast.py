"""Who the visitor of the demo may be; needs no database."""

from loype.demo.reading import cast

PASSWORD = "en-liten-loype"  # noqa: S105  printed for everybody to see, in the demo only


def who_to_sign_in_as() -> str:
    """The cast as the sign-in page's setting names it: `e-mail=who this is; …`."""
    return "; ".join(f"{row['email']}={row['first_name']}, {row['job_title']}" for row in cast())
