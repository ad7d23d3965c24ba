<?php

declare(strict_types=1);

require __DIR__ . '/../vendor/autoload.php';

Acme\Greeter\Page::show($_SERVER['HTTP_ACCEPT_LANGUAGE'] ?? 'en');
