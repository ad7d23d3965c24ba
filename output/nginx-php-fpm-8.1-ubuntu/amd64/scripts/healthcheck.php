<?php
// Exit status 0: nginx and PHP-FPM answer. Run by HEALTHCHECK.
$server = @stream_socket_client('tcp://127.0.0.1:8080', $code, $message, 2);
if ($server === false) {
    exit(1);
}
stream_set_timeout($server, 2);
fwrite($server, "GET /ping HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n\r\n");
$answer = (string) stream_get_contents($server);
exit(preg_match('#^HTTP/1\.[01] 200 #', $answer) === 1 && substr($answer, -4) === 'pong' ? 0 : 1);
