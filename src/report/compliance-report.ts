import type { PhpLifecycle } from '../catalog';
import type { Assessment } from '../rules';
import { renderCompliance } from './compliance';
import { reportImage, type ImageReport } from './image-report';
import { renderPage } from './page';
import type { ReportedImage, ReportFile, ReportTexts } from './reported-image';
import { RuleIndex } from './rule-index';
import { renderSarif } from './sarif';

/**
 * What the rules say of every image, as files: for programs, for code scanning, and for people.
 *
 * Images are added one after the other; of each only what is told of it is kept.
 */
export class ComplianceReport {
  private readonly index = new RuleIndex();
  private readonly images: ImageReport[] = [];
  private readonly lifecycles = new Map<string, PhpLifecycle>();

  /** Adds an image. The order of adding is the order of telling. */
  add(assessment: Assessment, image: ReportedImage, lifecycle?: PhpLifecycle): void {
    this.images.push(reportImage(assessment, image, this.index));
    if (lifecycle) {
      this.lifecycles.set(image.php.version, lifecycle);
    }
  }

  /** The files, by path. */
  files(): readonly ReportFile[] {
    return [...this.each()];
  }

  /** The same, one after the other: of a great matrix they are large. */
  *each(): Generator<ReportFile> {
    for (const { path, texts } of this.inPieces()) {
      yield { path, content: [...texts].join('') };
    }
  }

  /** The same in pieces, each made when it is asked for: of a great matrix no file has to be in memory. */
  *inPieces(): Generator<ReportTexts> {
    const { index, images, lifecycles } = this;
    yield { path: 'compliance.json', texts: renderCompliance(index.all, images) };
    yield { path: 'compliance.sarif', texts: renderSarif(index.all, images) };
    yield { path: 'index.html', texts: renderPage({ rules: index.all, images, lifecycles }) };
  }
}
