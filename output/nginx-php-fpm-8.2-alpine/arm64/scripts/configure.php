<?php
// Runs once at the start, before every service: checks the settings that came by environment variables and writes them
// where nginx and PHP-FPM read them, with the addresses that only a kernel with IPv6 has. A bad value ends the start
// with the name of its variable.
declare(strict_types=1);

/** @var array{settings: list<array<string, mixed>>, limits: array<string, int>, pool: array<string, int|string>, ipv6: array<string, string>} $known */
$known = require '/usr/local/share/runtime-settings.php';
$errors = [];
$values = [];
$given = [];

function bytes(string $size): int
{
    $factors = ['' => 1, 'K' => 1 << 10, 'M' => 1 << 20, 'G' => 1 << 30];
    return (int) min((float) $size * $factors[ltrim($size, '0123456789')], PHP_INT_MAX / 2);
}

/** Why a value is not accepted; null for one that is. */
function complaint(string $kind, string $value): ?string
{
    switch ($kind) {
        case 'size':
            return preg_match('/^[1-9]\d{0,9}[KMG]?$/D', $value) ? null : 'is not a size such as 128M';
        case 'seconds':
            return preg_match('/^[1-9]\d{0,4}$/D', $value) && (int) $value <= 86400 ? null : 'is not a number of seconds from 1 to 86400';
        case 'workers':
            return preg_match('/^(?:auto|[1-9]\d{0,4})$/D', $value) ? null : 'is not a number of workers, or auto';
        case 'switch':
            return preg_match('/^[01]$/D', $value) ? null : 'is not 0 or 1';
        case 'timezone':
            return in_array($value, timezone_identifiers_list(), true) ? null : 'is not a time zone such as Europe/Prague';
        default:
            return "is of the unknown kind $kind";
    }
}

foreach ($known['settings'] as ['name' => $name, 'kind' => $kind, 'default' => $default]) {
    $value = getenv($name);
    $values[$name] = $value === false ? $default : $value;
    if ($value === false) {
        continue;
    }
    $given[] = $name;
    $complaint = complaint($kind, $value);
    if ($complaint !== null) {
        $errors[] = "$name=$value $complaint";
    }
}

/** Limits that contradict each other: a request would pass one and fail silently at the next. */
function disagreements(array $values, array $limits): array
{
    $checks = [
        ['NGINX_CLIENT_MAX_BODY_SIZE', 'PHP_POST_MAX_SIZE'],
        ['PHP_UPLOAD_MAX_FILESIZE', 'PHP_POST_MAX_SIZE'],
    ];
    $errors = [];
    foreach ($checks as [$smaller, $larger]) {
        if (bytes($values[$smaller]) > bytes($values[$larger])) {
            $errors[] = "$smaller=$values[$smaller] is more than $larger=$values[$larger]";
        }
    }
    if ((int) $values['PHP_MAX_EXECUTION_TIME'] > $limits['requestTimeout']) {
        $errors[] = "PHP_MAX_EXECUTION_TIME=$values[PHP_MAX_EXECUTION_TIME] is more than the $limits[requestTimeout] seconds of PHP-FPM";
    }
    return $errors;
}

$errors = $errors ?: disagreements($values, $known['limits']);
if ($errors) {
    foreach ($errors as $error) {
        fwrite(STDERR, "configure: $error\n");
    }
    exit(1);
}

/** Bytes of memory that the container may use; null without a limit. */
function memoryLimit(): ?int
{
    foreach (['/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/memory/memory.limit_in_bytes'] as $file) {
        $limit = trim((string) @file_get_contents($file));
        // Version 1 says "no limit" with a number near 2^63.
        if (preg_match('/^\d{1,15}$/D', $limit)) {
            return (int) $limit;
        }
    }
    return null;
}

/** As many workers as fit into the memory when each uses all that it may, and not more than the image was made for. */
function workers(array $values, array $known): int
{
    if ($values['PHP_FPM_MAX_CHILDREN'] !== 'auto') {
        return (int) $values['PHP_FPM_MAX_CHILDREN'];
    }
    $memory = memoryLimit();
    if ($memory === null) {
        return $known['pool']['maxChildren'];
    }
    $fitting = intdiv($memory - $known['limits']['reserve'], bytes($values['PHP_MEMORY_LIMIT']));
    return max(1, min($known['pool']['maxChildren'], $fitting));
}

$workers = workers($values, $known);
$pool = ['pm.max_children' => $workers];
if ($known['pool']['processManager'] === 'dynamic') {
    $spare = min($known['pool']['maxSpareServers'], $workers);
    $pool['pm.max_spare_servers'] = $spare;
    $pool['pm.min_spare_servers'] = min($known['pool']['minSpareServers'], $spare);
    $pool['pm.start_servers'] = min($known['pool']['startServers'], $spare);
}
$server = [];
foreach ($known['settings'] as ['name' => $name, 'php' => $php, 'nginx' => $nginx]) {
    if ($php !== null && in_array($name, $given, true)) {
        $pool["php_value[$php]"] = $values[$name];
    }
    if ($nginx !== null && in_array($name, $given, true)) {
        $server[] = "$nginx " . strtolower($values[$name]) . ';';
    }
}

/** A file for its owner alone. */
function write(string $directory, string $content): void
{
    if ((!is_dir($directory) && !mkdir($directory, 0700, true)) || file_put_contents("$directory/runtime.conf", $content) === false) {
        fwrite(STDERR, "configure: $directory cannot be written\n");
        exit(1);
    }
}

$lines = [];
foreach ($pool as $name => $value) {
    $lines[] = "$name = $value";
}
write('/run/php-fpm.d', "[www]\n" . implode("\n", $lines) . "\n");
write('/run/nginx.d', implode("\n", $server) . "\n");

/** Whether a socket of IPv6 can be had: where the kernel has none, nginx would not start with such an address. */
function hasIpv6(): bool
{
    return @stream_socket_server('tcp://[::]:0') !== false;
}

$ipv6 = hasIpv6();
foreach ($known['ipv6'] as $directory => $listen) {
    write($directory, $ipv6 ? "$listen\n" : '');
}
