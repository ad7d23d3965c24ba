'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const { images, lists, texts } = data;
  const DAY = 86400000;
  const SOON = 183;
  const today = localDate(new Date());

  const overview = document.getElementById('overview');
  const view = document.getElementById('image');
  const places = new Map(images.map(({ name }, place) => [name, place]));
  const title = document.title;

  function localDate(date) {
    const two = (number) => String(number).padStart(2, '0');
    return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  }

  /** What a date means today. */
  function life(date) {
    const days = Math.round((Date.parse(date) - Date.parse(today)) / DAY);
    if (days < 0) return { state: 'bad', words: `ended ${span(-days)} ago` };
    return days <= SOON
      ? { state: 'warn', words: `ends in ${span(days)}` }
      : { state: 'good', words: `${span(days)} left` };
  }

  function span(days) {
    const [number, noun] =
      days < 60
        ? [days, 'day']
        : days < 730
          ? [Math.floor(days / 30.44), 'month']
          : [Math.floor(days / 365.25), 'year'];
    return `${number} ${noun}${number === 1 ? '' : 's'}`;
  }

  function endOf({ phpEnd, platform }) {
    return [phpEnd, platform[2]].filter((date) => date !== undefined).sort()[0];
  }

  /** An element. What is text stays text. */
  function el(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null));
    return element;
  }

  const mark = (state, text) => el('span', { class: `mark ${state}` }, text);
  const code = (text) => el('code', {}, text);
  const count = (number, noun) => `${number} ${noun}${number === 1 ? '' : 's'}`;
  const list = (place) => (place === undefined ? [] : lists[place]);
  const linkTo = (name) => `#/${encodeURIComponent(name)}`;
  const fileUrl = (...parts) => parts.map((part) => part.split('/').map(encodeURIComponent).join('/')).join('/');

  // The matrix: what needs a clock, and links to the view of an image.
  const cards = [...document.querySelectorAll('[data-image]')].map((element) => {
    const image = images[Number(element.dataset.image)];
    const { state, words } = life(endOf(image));
    element.classList.add(state);
    element.querySelector('a').href = linkTo(image.name);
    const end = element.querySelector('.end');
    if (end) end.append(' ', mark(state, words));
    else if (state !== 'good') element.append(' ', mark(state, words));
    return { element, image, ended: state === 'bad' };
  });
  const ended = document.getElementById('ended');
  ended.querySelector('strong').textContent = cards.filter((card) => card.ended).length;
  ended.hidden = false;
  for (const link of document.querySelectorAll('[data-open]')) link.href = linkTo(link.dataset.open);

  // The time line: where we are.
  const line = document.getElementById('time-line');
  if (line) {
    const start = Date.UTC(Number(line.dataset.first), 0, 1);
    const end = Date.UTC(Number(line.dataset.last), 0, 1);
    const place = (100 * (Date.parse(today) - start)) / (end - start);
    for (const row of line.querySelectorAll('li.line')) {
      const { state, words } = life(row.dataset.end);
      row.classList.add(state);
      row.querySelector('.what').append(' ', mark(state, words));
    }
    if (place >= 0 && place <= 100) {
      for (const bar of line.querySelectorAll('li.line svg')) {
        const now = document.createElementNS('http://www.w3.org/2000/svg', 'line');
        for (const name of ['x1', 'x2']) now.setAttribute(name, `${place}%`);
        now.setAttribute('y1', '0');
        now.setAttribute('y2', '22');
        now.setAttribute('class', 'today');
        bar.append(now);
      }
    }
    const key = line.querySelector('.now');
    key.hidden = false;
    key.querySelector('time').dateTime = today;
    key.querySelector('time').textContent = today;
  }

  // The search.
  const words = new Map();
  const flat = (place) => {
    if (!words.has(place)) words.set(place, list(place).flat(3).join(' ').toLowerCase());
    return words.get(place);
  };
  const ruleKeys = new Map();
  const packs = [...document.querySelectorAll('#rules .pack')].map((pack) => {
    const rules = [...pack.querySelectorAll('[data-rule]')];
    for (const rule of rules) ruleKeys.set(Number(rule.dataset.rule), rule.querySelector('summary code').textContent);
    return {
      name: pack.querySelector('h3').textContent,
      rules: new Map(rules.map((rule) => [Number(rule.dataset.rule), rule])),
    };
  });

  function haystack(card) {
    if (card.haystack === undefined) {
      const { name, path, php, platform, supervisor, certainty, packages, extensions, warnings, violations, grants } =
        card.image;
      const found = [...list(violations), ...list(warnings)].map(([rule]) => ruleKeys.get(rule));
      const own = [
        name,
        path,
        `php ${php}`,
        platform[0],
        platform[1],
        supervisor,
        certainty,
        ...found,
        ...(grants || []).flat(2),
      ];
      card.haystack = `${own.join(' ').toLowerCase()} ${flat(packages)} ${flat(extensions)}`;
    }
    return card.haystack;
  }

  const filter = document.getElementById('filter');
  const query = document.getElementById('query');
  const TESTS = {
    warned: ({ image }) => image.warnings !== undefined || image.violations !== undefined,
    granted: ({ image }) => image.grants !== undefined,
    uncertain: ({ image }) => image.certainty !== 'verified',
    ended: ({ ended }) => ended,
  };

  function search() {
    const wanted = query.value
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    const tests = [...filter.querySelectorAll(':checked')].map(({ value }) => TESTS[value]);
    let shown = 0;
    for (const card of cards) {
      const fits = tests.every((test) => test(card)) && wanted.every((word) => haystack(card).includes(word));
      card.element.hidden = !fits;
      if (fits) shown += 1;
    }
    for (const row of document.querySelectorAll('.matrix tbody tr')) {
      row.hidden = !row.querySelector('[data-image]:not([hidden])');
    }
    document.getElementById('none').hidden = shown > 0;
    document.getElementById('count').textContent = `${shown} of ${count(cards.length, 'image')}`;
  }
  filter.hidden = false;
  filter.addEventListener('input', search);
  filter.addEventListener('submit', (event) => event.preventDefault());
  for (const link of document.querySelectorAll('[data-find]')) {
    link.addEventListener('click', () => {
      query.value = link.dataset.find;
      for (const box of filter.querySelectorAll(':checked')) box.checked = false;
      search();
    });
  }
  search();

  // The view of an image.
  function section(heading, ...content) {
    return el('section', {}, el('h3', {}, heading), ...content);
  }

  function facts(pairs) {
    const rows = pairs.filter(([, value]) => value !== undefined);
    return el(
      'dl',
      { class: 'facts' },
      rows.map(([name, ...value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))),
    );
  }

  function table(label, head, rows) {
    const cells = (row) => row.map((cell) => el('td', {}, cell));
    return el(
      'div',
      { class: 'scroll', role: 'region', tabindex: '0', 'aria-label': label },
      el(
        'table',
        {},
        el(
          'thead',
          {},
          el(
            'tr',
            {},
            head.map((name) => el('th', { scope: 'col' }, name)),
          ),
        ),
        el(
          'tbody',
          {},
          rows.map((row) => el('tr', {}, cells(row))),
        ),
      ),
    );
  }

  function command(label, text) {
    const head = el('div', { class: 'command-head' }, el('span', {}, label));
    if (navigator.clipboard) {
      const button = el('button', { type: 'button', 'aria-label': `Copy: ${label}` }, 'Copy');
      button.addEventListener('click', () => {
        navigator.clipboard.writeText(text).then(
          () => (button.textContent = 'Copied'),
          () => (button.textContent = 'Not copied'),
        );
      });
      head.append(button);
    }
    const block = el('pre', { tabindex: '0', role: 'region', 'aria-label': label }, code(text));
    return el('div', { class: 'command' }, head, block);
  }

  function dated(date) {
    const { state, words: meaning } = life(date);
    return [el('time', { datetime: date }, date), ' ', mark(state, meaning)];
  }

  const CERTAINTY = { verified: 'good', unverified: 'warn' };
  const sure = (certainty) => mark(CERTAINTY[certainty] || 'plain', certainty);

  function hits(found) {
    return el(
      'ul',
      { class: 'hits' },
      found.map(([, what, file, next]) =>
        el('li', {}, file ? [code(file), ' '] : undefined, what, next ? el('small', {}, ` ${next}`) : undefined),
      ),
    );
  }

  function rulesMark(image) {
    const [asked, violations, warnings] = [image.rules, image.violations, image.warnings].map(list);
    if (violations.length > 0) return mark('bad', count(violations.length, 'violation'));
    return warnings.length > 0
      ? mark('warn', count(warnings.length, 'warning'))
      : mark('good', `${asked.length} of ${asked.length} rules`);
  }

  /** What was found, by the place of the rule. */
  function findingsOf(image) {
    const found = new Map();
    const all = [
      ...list(image.violations).map((hit) => ['violation', hit]),
      ...list(image.warnings).map((hit) => ['warning', hit]),
    ];
    for (const [kind, hit] of all) {
      const entry = found.get(hit[0]) || { kind, hits: [] };
      entry.hits.push(hit);
      found.set(hit[0], entry);
    }
    return found;
  }

  function brokenRules(found) {
    const broken = packs.flatMap(({ rules }) => [...rules].filter(([place]) => found.has(place)));
    if (broken.length === 0) return undefined;
    return section(
      'Findings',
      el(
        'ul',
        { class: 'broken' },
        broken.map(([place, rule]) => ruleItem(rule, found.get(place), false)),
      ),
    );
  }

  function ruleGroups(image, found) {
    const asked = new Set(list(image.rules));
    const skipped = new Set(list(image.skipped));
    return packs.flatMap(({ name, rules }) => {
      const own = [...rules].filter(([place]) => asked.has(place));
      if (own.length === 0) return [];
      const broken = own.filter(([place]) => found.has(place));
      const kept = own.length - broken.length - own.filter(([place]) => skipped.has(place)).length;
      const state =
        broken.length === 0 ? 'good' : broken.some(([place]) => found.get(place).kind === 'violation') ? 'bad' : 'warn';
      const summary = el('summary', {}, el('h4', {}, name), ' ', mark(state, `${kept} of ${own.length} kept`));
      const items = own.map(([place, rule]) => ruleItem(rule, found.get(place), skipped.has(place)));
      return el('details', { class: 'pack' }, summary, el('ul', {}, items));
    });
  }

  function ruleItem(rule, finding, skipped) {
    const item = rule.cloneNode(true);
    const state = finding
      ? finding.kind === 'violation'
        ? ['bad', 'violated']
        : ['warn', 'warning']
      : skipped
        ? ['plain', 'not asked']
        : ['good', 'kept'];
    item.querySelector('summary').prepend(mark(...state), ' ');
    if (finding) {
      item.querySelector('details').after(hits(finding.hits));
    }
    return item;
  }

  function renderImage(image) {
    const { name, platform, grants } = image;
    const [distribution, release, platformEnd, extended] = platform;
    const text = (place) => texts[place].map((line) => line.replaceAll('\ue000', name));
    const packages = list(image.packages);
    const uncertain = packages.filter(([, , certainty]) => certainty !== 'verified').length;
    const cli = new Set(list(image.cli));
    const run = text(image.run)[0];
    const found = findingsOf(image);
    return [
      el('p', { class: 'back' }, el('a', { href: '#matrix' }, '← All images')),
      el('h2', { id: 'image-name' }, name),
      el('p', { class: 'subtitle' }, `PHP ${image.php} on ${distribution} ${release}`),
      el(
        'p',
        { class: 'marks' },
        rulesMark(image),
        ' ',
        grants ? [mark('info', count(grants.length, 'grant')), ' '] : undefined,
        sure(image.certainty),
      ),
      el(
        'div',
        { class: 'columns' },
        section(
          'At a glance',
          facts([
            ['PHP fixes until', image.phpEnd ? dated(image.phpEnd) : 'nobody says'],
            ['Base fixes until', dated(platformEnd)],
            ['Longer support', ...(extended ? [dated(extended)] : [undefined])],
            ['Runs as', code(image.user)],
            ['Ports', list(image.ports).flatMap((port, index) => [index > 0 ? ', ' : undefined, code(String(port))])],
            ['Document root', code(image.root)],
            ['Supervisor', image.supervisor === 'overlay' ? 's6-overlay' : 's6 of the distribution'],
            [
              'Packages',
              image.source === 'live' ? 'from the live, signed archive; versions are not pinned' : image.source,
            ],
            ['Hosts', list(image.hosts).length > 0 ? list(image.hosts).join(', ') : 'all'],
            ['Trusted proxies', list(image.proxies).length > 0 ? list(image.proxies).join(', ') : 'none'],
            ['Construct', ...(image.path ? [code(image.path)] : [undefined])],
          ]),
        ),
        section(
          'Build and run',
          ...text(image.build).map((line) => command(`Build ${/linux\/(\w+)/.exec(line)?.[1] || ''}`.trim(), line)),
          run ? command('Run', run) : undefined,
        ),
      ),
      grants
        ? section(
            'Grants',
            el(
              'ul',
              { class: 'granted' },
              grants.map(([subject, reason, rules]) =>
                el(
                  'li',
                  {},
                  code(subject),
                  ' ',
                  el('q', {}, reason),
                  ' ',
                  el('small', {}, [...new Set(rules)].map((rule) => ruleKeys.get(rule)).join(', ')),
                ),
              ),
            ),
          )
        : undefined,
      brokenRules(found),
      section('Rules', ...ruleGroups(image, found)),
      section(
        'Base',
        table(
          'Base',
          ['architecture', 'base and digest', 'the digest is of', 'downloads'],
          list(image.bases).map(([architecture, reference, digest, kind, downloads]) => [
            architecture,
            [reference, el('br'), el('code', { class: 'digest' }, digest)],
            kind === 'manifest' ? mark('good', 'its own manifest') : mark('warn', 'the index over all'),
            downloads.length === 0
              ? 'none'
              : el(
                  'ul',
                  { class: 'downloads' },
                  downloads.map(([url, hash]) =>
                    el('li', {}, url, el('br'), el('code', { class: 'digest' }, `sha256:${hash}`)),
                  ),
                ),
          ]),
        ),
      ),
      el(
        'div',
        { class: 'columns' },
        section(
          'Packages',
          el(
            'p',
            {},
            `${packages.length} are asked for by name; ${uncertain === 0 ? 'each name was read at its source' : `${count(uncertain, 'name')} ${uncertain === 1 ? 'was' : 'were'} not read at the source`}.`,
          ),
          table(
            'Packages',
            ['package', 'from', 'certainty'],
            packages.map(([item, origin, certainty]) => [code(item), origin, sure(certainty)]),
          ),
        ),
        el(
          'div',
          {},
          section(
            'Writable paths',
            table(
              'Writable paths',
              ['path', 'kind', 'mode', 'programs may run'],
              list(image.writable).map(([path, kind, mode, exec]) => [
                code(path),
                kind,
                code(mode),
                exec ? 'yes' : 'no',
              ]),
            ),
          ),
          section(
            'Extensions',
            el(
              'ul',
              { class: 'tags' },
              list(image.extensions).map((item) => el('li', {}, item, cli.has(item) ? ' (command line)' : undefined)),
            ),
          ),
          section(
            'Files',
            el(
              'ul',
              { class: 'files' },
              list(image.files).map((file) => el('li', {}, el('a', { href: fileUrl(name, file) }, file))),
            ),
          ),
        ),
      ),
    ];
  }

  function routed() {
    const match = /^#\/(.+)$/.exec(location.hash);
    if (!match) return undefined;
    try {
      return places.get(decodeURIComponent(match[1]));
    } catch {
      return undefined;
    }
  }

  function show(first) {
    const place = routed();
    const open = place !== undefined;
    const left = !view.hidden;
    overview.hidden = open;
    view.hidden = !open;
    document.body.classList.toggle('detail', open);
    document.title = open ? `${images[place].name} – ${title}` : title;
    if (open) {
      view.replaceChildren(...renderImage(images[place]).filter((part) => part !== undefined));
      window.scrollTo(0, 0);
      if (!first) view.focus({ preventScroll: true });
      return;
    }
    view.replaceChildren();
    if (left) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }
  window.addEventListener('hashchange', () => show(false));
  show(true);

  // On paper nothing can be opened.
  let closed = [];
  window.addEventListener('beforeprint', () => {
    closed = [...document.querySelectorAll('details:not([open])')];
    for (const details of closed) details.open = true;
  });
  window.addEventListener('afterprint', () => {
    for (const details of closed) details.open = false;
  });
})();
