"""Static files under names made of their content, compressed once."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Also rewrites the addresses that ES modules import each other by: only the hashed files are kept."""

    support_js_module_import_aggregation = True
