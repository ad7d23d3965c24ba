<?php

// Runs in the root of the image to be. The stage of Composer has extensions that the image does not have: each that
// composer.lock asks for has to be here.
$lock = json_decode(file_get_contents('/var/www/html/composer.lock'), true);
$here = array_map(fn ($name) => 'ext-' . str_replace(' ', '-', strtolower($name)), get_loaded_extensions());
$packages = array_merge([['name' => 'composer.json', 'require' => $lock['platform'] ?? []]], $lock['packages'] ?? []);
foreach ($packages as $package) {
    $here = array_merge($here, array_keys($package['provide'] ?? []), array_keys($package['replace'] ?? []));
}
$missing = [];
foreach ($packages as $package) {
    foreach (array_keys($package['require'] ?? []) as $name) {
        if (strpos($name, 'ext-') === 0 && !in_array(strtolower($name), $here, true)) {
            $missing[] = "$name, which {$package['name']} asks for";
        }
    }
}
foreach ($missing as $line) {
    fwrite(STDERR, "application: the image does not have $line: add it to php.extensions in images.ts\n");
}
exit($missing === [] ? 0 : 1);
