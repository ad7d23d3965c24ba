<?php

// Takes a job by renaming it, so that of several workers one has it; ends after the job in hand.
$queue = '/data/queue';
$stop = false;
pcntl_async_signals(true);
pcntl_signal(SIGTERM, function () use (&$stop) {
    $stop = true;
});

while (!$stop) {
    foreach (glob("$queue/*.job") ?: [] as $job) {
        $mine = $job . '.' . getmypid();
        if (@rename($job, $mine)) {
            file_put_contents(preg_replace('/\.job$/', '.done', $job), strrev(file_get_contents($mine)));
            unlink($mine);
        }
    }
    usleep(50_000);
}
