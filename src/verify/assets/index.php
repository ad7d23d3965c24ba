<?php
// The application of a verification: tells what PHP sees. Runs on PHP 7.4 and newer.
declare(strict_types=1);

header('Content-Type: application/json');
$route = (string) parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);

function effectiveUser(): int
{
    return preg_match('/^Uid:\s+\d+\s+(\d+)/m', (string) @file_get_contents('/proc/self/status'), $match) ? (int) $match[1] : -1;
}

function certificates(): ?int
{
    if (!function_exists('openssl_get_cert_locations')) {
        return null;
    }
    $bundle = openssl_get_cert_locations()['default_cert_file'];
    $text = (string) @file_get_contents(is_file($bundle) ? $bundle : '/etc/ssl/certs/ca-certificates.crt');
    preg_match_all('/-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----/s', $text, $found);
    $read = array_filter($found[0], 'openssl_x509_parse');
    // An authority vouches for itself: that holds only if OpenSSL finds the bundle by itself, as it does for a connection.
    $trusts = array_filter(array_slice($read, 0, 3), function (string $authority) {
        return openssl_x509_checkpurpose($authority, X509_PURPOSE_ANY) === true;
    });
    return $trusts ? count($read) : 0;
}

function collation(): ?array
{
    if (!class_exists('Collator')) {
        return null;
    }
    $words = ['ch', 'č', 'h', 'c'];
    (new Collator('cs_CZ'))->sort($words);
    return $words;
}

/** What the libraries below PHP answer: null where an extension is not there, a message where one fails. */
function libraries(): array
{
    $probes = [
        'certificates' => 'certificates',
        'collation' => 'collation',
        'iconv' => function () { return function_exists('iconv') ? bin2hex((string) @iconv('UTF-8', 'SHIFT_JIS', '日本')) : null; },
        'localhost' => function () { return gethostbyname('localhost'); },
        'https' => function () { return getservbyname('https', 'tcp'); },
        'summer' => function () { return (new DateTime('2026-07-01', new DateTimeZone('Europe/Prague')))->format('T P'); },
        'zones' => function () { return count(DateTimeZone::listIdentifiers()); },
    ];
    return array_map(function (callable $probe) {
        try {
            return $probe();
        } catch (Throwable $error) {
            return $error->getMessage();
        }
    }, $probes);
}

function settings(array $names): array
{
    $values = [];
    foreach ($names as $name) {
        $values[$name] = ini_get($name);
    }
    return $values;
}

/** Whether the application could switch on what has to stay off. */
function attempts(): array
{
    $values = [];
    foreach (['display_errors' => '1', 'log_errors' => '0', 'error_log' => '/tmp/elsewhere', 'session.use_strict_mode' => '0'] as $name => $value) {
        @ini_set($name, $value);
        $values[$name] = ini_get($name);
    }
    return $values;
}

switch ($route) {
    case '/verify/attempts':
        $answer = attempts();
        break;
    case '/verify/extensions':
        $answer = array_map('strtolower', get_loaded_extensions());
        break;
    case '/verify/fail':
        throw new RuntimeException('the reason of the failure, for the log alone');
    case '/verify/libraries':
        $answer = libraries();
        break;
    case '/verify/log':
        error_log(str_pad('start of a long message ', (int) $_GET['length'], 'x') . ' end of it');
        $answer = true;
        break;
    case '/verify/opcache':
        $status = function_exists('opcache_get_status') ? opcache_get_status(false) : false;
        $answer = ['enabled' => $status['opcache_enabled'] ?? false, 'scripts' => $status['opcache_statistics']['num_cached_scripts'] ?? 0];
        break;
    case '/verify/session':
        session_start();
        $_SESSION['visits'] = ($_SESSION['visits'] ?? 0) + 1;
        $answer = $_SESSION['visits'];
        break;
    case '/verify/settings':
        $answer = settings(explode(',', $_GET['names']));
        break;
    case '/verify/slow':
        // In small steps, since a signal would cut one long sleep short.
        for ($until = microtime(true) + (float) $_GET['seconds']; microtime(true) < $until;) {
            usleep(20000);
        }
        $answer = str_repeat('x', (int) $_GET['length']) . 'end';
        break;
    case '/verify/upload':
        $body = (string) file_get_contents('php://input');
        $answer = ['length' => strlen($body), 'sha256' => hash('sha256', $body)];
        break;
    default:
        $answer = [
            'address' => $_SERVER['REMOTE_ADDR'],
            'https' => $_SERVER['HTTPS'] ?? '',
            'method' => $_SERVER['REQUEST_METHOD'],
            'php' => PHP_MAJOR_VERSION . '.' . PHP_MINOR_VERSION,
            'proxy' => [getenv('HTTP_PROXY'), $_SERVER['HTTP_PROXY'] ?? '', getallheaders()['Proxy'] ?? ''],
            'query' => $_GET,
            'route' => $route,
            'script' => $_SERVER['SCRIPT_NAME'],
            'user' => effectiveUser(),
        ];
}
echo json_encode($answer);
