<?php

echo 'jobs done: ', count(glob('/data/queue/*.done') ?: []), PHP_EOL;
