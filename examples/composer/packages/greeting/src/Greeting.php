<?php

declare(strict_types=1);

namespace Acme\Greeting;

/** A greeting in a language. */
final class Greeting
{
    private const WORDS = ['de' => 'guten Tag', 'en' => 'hello', 'fr' => 'bonjour'];

    public static function in(string $language): string
    {
        $word = self::WORDS[$language] ?? self::WORDS['en'];

        return mb_strtoupper(mb_substr($word, 0, 1)) . mb_substr($word, 1);
    }
}
