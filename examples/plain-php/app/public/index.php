<?php

// POST / puts a job into the queue; GET /?job=ID answers its result, or 404 while there is none.
$queue = '/data/queue';
is_dir($queue) || mkdir($queue, 0770, true);

if ($_SERVER['REQUEST_METHOD'] === 'POST') {
    $id = bin2hex(random_bytes(8));
    file_put_contents("$queue/$id.part", file_get_contents('php://input'));
    rename("$queue/$id.part", "$queue/$id.job");
    header('Content-Type: text/plain');
    echo $id;
    return;
}

$id = $_GET['job'] ?? '';
$result = preg_match('/^[0-9a-f]{16}$/', $id) ? "$queue/$id.done" : '';
if ($result === '' || !is_file($result)) {
    http_response_code(404);
    return;
}
header('Content-Type: text/plain');
readfile($result);
