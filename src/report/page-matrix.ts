import { byCodePoint, byVersion } from '../catalog';
import type { Html } from './html';
import { count, each, html, relativeUrl } from './html';
import type { ImageReport } from './image-report';
import type { PageContent } from './page';

/** Images up to which each has a card; more of them are a list of names. */
const CARDS = 300;

/** The images by PHP version and platform, with what can be said of each without a clock. */
export function renderMatrix({ images }: PageContent): Html {
  const versions = distinct(images.map(({ image }) => image.php.version)).sort((a, b) => byVersion(b, a));
  const platforms = distinct(images.map(({ image }) => image.platform.name)).sort(byCodePoint);
  const cells = new Map<string, ImageReport[]>();
  for (const report of images) {
    const key = JSON.stringify([report.image.php.version, report.image.platform.name]);
    const cell = cells.get(key) ?? [];
    cell.push(report);
    cells.set(key, cell);
  }
  const places = new Map(images.map((report, index) => [report, index]));
  const small = images.length > CARDS;
  return html`<section id="matrix" aria-labelledby="matrix-title">
    <h2 id="matrix-title">Matrix</h2>
    <form id="filter" role="search" hidden>
      <label class="search"
        ><span>Search images</span
        ><input id="query" type="search" autocomplete="off" spellcheck="false" placeholder="debian, redis, NGX-002 …"
      /></label>
      <fieldset>
        <legend>Only images</legend>
        <label><input type="checkbox" value="warned" /> with warnings</label>
        <label><input type="checkbox" value="granted" /> with grants</label>
        <label><input type="checkbox" value="uncertain" /> on uncertain facts</label>
        <label><input type="checkbox" value="ended" /> without fixes today</label>
      </fieldset>
      <p id="count" role="status"></p>
    </form>
    <noscript
      ><p class="note">
        Without a script this page shows the matrix, the dates and the rules; the link of an image opens its README.
      </p></noscript
    >
    <table class="matrix" role="table">
      <caption>
        PHP version by platform
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">PHP</th>
          ${platforms.map((platform) => html`<th scope="col" role="columnheader">${platform}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${versions.map(
          (php) =>
            html`<tr role="row">
              <th scope="row" role="rowheader"><span class="php-word">PHP </span>${php}</th>
              ${platforms.map((platform) => {
                const cell = cells.get(JSON.stringify([php, platform])) ?? [];
                return html`<td role="cell">${renderCell(cell, places, small)}</td>`;
              })}
            </tr> `,
        )}
      </tbody>
    </table>
    <p class="none" id="none" hidden>No image is like that.</p>
  </section>`;
}

function renderCell(cell: readonly ImageReport[], places: ReadonlyMap<ImageReport, number>, small: boolean): Html {
  if (cell.length === 0) {
    return html`<span class="empty">no image</span>`;
  }
  return html`<ul class="${small ? 'names' : 'cards'}">
    ${each(cell, (report) => renderImage(report, places.get(report)!, small))}
  </ul>`;
}

function renderImage(report: ImageReport, place: number, small: boolean): Html {
  const { name, image } = report;
  const url = relativeUrl(name, 'README.md');
  if (small) {
    return html`<li data-image="${place}"><a href="${url}">${name}</a></li>`;
  }
  const end = [image.php.endOfLife, image.platform.endOfLife]
    .filter((date) => date !== undefined)
    .sort(byCodePoint)[0]!;
  return html`<li class="card" data-image="${place}">
    <a href="${url}"
      ><span class="release">${image.platform.name} ${image.platform.release}</span><span class="name">${name}</span></a
    >
    <p class="marks">
      ${renderRulesMark(report)}
      ${report.grants.length > 0 ? html`<span class="mark info">${count(report.grants.length, 'grant')}</span>` : undefined}
      <span class="mark ${image.certainty === 'verified' ? 'good' : 'plain'}">${image.certainty}</span>
    </p>
    <p class="end">Fixes until <time datetime="${end}">${end}</time></p>
  </li>`;
}

function renderRulesMark({ rules, warnings, violations }: ImageReport): Html {
  if (violations.length > 0) {
    return html`<span class="mark bad">${count(violations.length, 'violation')}</span>`;
  }
  return warnings.length > 0
    ? html`<span class="mark warn">${count(warnings.length, 'warning')}</span>`
    : html`<span class="mark good">${rules.length} of ${rules.length} rules</span>`;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
