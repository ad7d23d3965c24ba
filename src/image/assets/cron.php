<?php
// Runs the jobs of the image at their times, as the user of the server. What a job prints goes to the log of the
// container. A job that still runs when its time comes again is left alone.
declare(strict_types=1);

/** @var list<array{name: string, command: list<string>, minutes: list<int>, hours: list<int>, days: list<int>, months: list<int>, weekdays: list<int>, eitherDay: bool}> $jobs */
$jobs = require '/usr/local/share/cron-jobs.php';
$running = [];

function isDue(array $job, DateTimeImmutable $time): bool
{
    $day = in_array((int) $time->format('j'), $job['days'], true);
    $weekday = in_array((int) $time->format('w'), $job['weekdays'], true);
    return in_array((int) $time->format('i'), $job['minutes'], true)
        && in_array((int) $time->format('G'), $job['hours'], true)
        && in_array((int) $time->format('n'), $job['months'], true)
        // As cron has it: where both are restricted, either will do.
        && ($job['eitherDay'] ? $day || $weekday : $day && $weekday);
}

/** Forgets the jobs that have ended, and says so of those that failed. */
function reap(array $running): array
{
    return array_filter($running, function ($process, $name): bool {
        $status = proc_get_status($process);
        if ($status['running']) {
            return true;
        }
        if ($status['exitcode'] !== 0) {
            fwrite(STDERR, "cron: $name ended with status $status[exitcode]\n");
        }
        return false;
    }, ARRAY_FILTER_USE_BOTH);
}

while (true) {
    $now = microtime(true);
    $next = (int) (floor($now / 60) + 1) * 60;
    // In short naps, so that jobs that have ended are noticed.
    while (($rest = $next - microtime(true)) > 0) {
        usleep((int) (min($rest, 1.0) * 1e6));
        $running = reap($running);
    }
    $time = (new DateTimeImmutable("@$next"))->setTimezone(new DateTimeZone(date_default_timezone_get()));
    foreach ($jobs as $job) {
        if (!isDue($job, $time)) {
            continue;
        }
        if (isset($running[$job['name']])) {
            fwrite(STDERR, "cron: $job[name] still runs and is not started again\n");
            continue;
        }
        $process = proc_open($job['command'], [['file', '/dev/null', 'r'], STDOUT, STDERR], $pipes);
        if ($process === false) {
            fwrite(STDERR, "cron: $job[name] could not be started\n");
            continue;
        }
        $running[$job['name']] = $process;
    }
}
