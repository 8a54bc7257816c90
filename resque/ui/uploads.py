"""No request is read further than the largest file that any page takes: the rest would only fill the disk."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class LargestUpload(FileUploadHandler):
    """Ends a request that is too large, by what it announces and by what arrives; the answer is the page 413."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        """Refuse by the announced length, before anything is read."""
        self.arrived = 0
        self._require_room(content_length)

    def receive_data_chunk(self, raw_data, start):
        """Count what arrives and hand it on."""
        self.arrived += len(raw_data)
        self._require_room(self.arrived)
        return raw_data

    def file_complete(self, file_size):
        """Leave the file to the handlers that keep it."""
        return

    def _require_room(self, size: int) -> None:
        if size > settings.RESQUE_LARGEST_UPLOAD:
            raise RequestDataTooBig(f"A request of more than {settings.RESQUE_LARGEST_UPLOAD} bytes.")
