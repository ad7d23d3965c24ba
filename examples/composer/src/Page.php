<?php

declare(strict_types=1);

namespace Acme\Greeter;

use Acme\Greeting\Greeting;

/** The one page. */
final class Page
{
    public static function show(string $accepted): void
    {
        $language = \Locale::getPrimaryLanguage((string) \Locale::acceptFromHttp($accepted)) ?? 'en';
        header('Content-Type: text/plain; charset=utf-8');
        echo Greeting::in($language), "\n";
    }
}
