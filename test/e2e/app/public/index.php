<?php
// The application of the end-to-end tests: one front controller, as in production.
declare(strict_types=1);

$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);

function json(array $data): void
{
    header('Content-Type: application/json');
    echo json_encode($data, JSON_THROW_ON_ERROR);
}

switch ($path) {
    case '/hello':
        json(['hello' => $_GET['name'] ?? 'world', 'uid' => posix_geteuid(), 'php' => PHP_VERSION]);
        break;
    case '/session':
        session_start();
        $_SESSION['visits'] = ($_SESSION['visits'] ?? 0) + 1;
        json(['visits' => $_SESSION['visits']]);
        break;
    case '/upload':
        $file = $_FILES['file'];
        json([
            'error' => $file['error'],
            'size' => $file['size'],
            'sha256' => hash_file('sha256', $file['tmp_name']),
        ]);
        break;
    case '/notes':
        $database = new PDO('sqlite:/data/notes.sqlite');
        $database->exec('CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)');
        if ($_SERVER['REQUEST_METHOD'] === 'POST') {
            $database->prepare('INSERT INTO notes (text) VALUES (?)')->execute([file_get_contents('php://input')]);
        }
        json($database->query('SELECT text FROM notes ORDER BY id')->fetchAll(PDO::FETCH_COLUMN));
        break;
    case '/slow':
        sleep(1);
        json(['slow' => true]);
        break;
    case '/fail':
        throw new RuntimeException('the secret reason of the failure');
    case '/environment':
        json(['httpProxy' => getenv('HTTP_PROXY'), 'server' => $_SERVER['HTTP_PROXY'] ?? null]);
        break;
    case '/host':
        json(['host' => $_SERVER['HTTP_HOST'] ?? null]);
        break;
    case '/functions':
        $names = ['dl', 'exec', 'proc_open', 'putenv', 'shell_exec', 'system'];
        json(array_combine($names, array_map('function_exists', $names)));
        break;
    case '/slow':
        usleep(300_000);
        json(['slow' => true]);
        break;
    case '/settings':
        $names = $_GET['names'];
        json(array_combine($names, array_map('ini_get', $names)));
        break;
    default:
        http_response_code(404);
        json(['error' => 'no such page']);
}
