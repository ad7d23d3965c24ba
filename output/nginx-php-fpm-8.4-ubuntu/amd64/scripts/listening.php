<?php
// Exit status 0: nginx takes connections. Run by s6 at the start.
exit(@stream_socket_client('tcp://127.0.0.1:8080', $code, $message, 2) === false ? 1 : 0);
