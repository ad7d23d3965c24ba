/**
 * The client of the health check. Every image has PHP's command line, so nothing is installed for it; `php -n`
 * reads no configuration and answers within some milliseconds.
 */
export function healthcheckScript(port: number): string {
  return `<?php
// Exit status 0: nginx and PHP-FPM answer. Run by HEALTHCHECK.
$server = @stream_socket_client('tcp://127.0.0.1:${port}', $code, $message, 2);
if ($server === false) {
    exit(1);
}
stream_set_timeout($server, 2);
fwrite($server, "GET /ping HTTP/1.0\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n");
$answer = (string) stream_get_contents($server);
exit(preg_match('#^HTTP/1\\.[01] 200 #', $answer) === 1 && substr($answer, -4) === 'pong' ? 0 : 1);
`;
}

/**
 * Whether nginx is ready, for s6. PHP-FPM is by then; its workers may all be busy with the first requests, which is no
 * reason to wait, nor to end the container for.
 */
export function listeningScript(port: number): string {
  return `<?php
// Exit status 0: nginx takes connections. Run by s6 at the start.
exit(@stream_socket_client('tcp://127.0.0.1:${port}', $code, $message, 2) === false ? 1 : 0);
`;
}
