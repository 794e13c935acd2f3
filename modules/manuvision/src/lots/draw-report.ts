import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import type { ReportContent, ReportLanguage, ReportPart } from './report-content.ts';
import { type ReportTexts, reportTexts } from './report-texts.ts';

type Pdf = InstanceType<typeof PDFDocument>;

/** Noto Sans in the package's own folder, which its door does not name. */
const fonts = join(dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')), '..', 'fonts');
const fontOf = (weight: 'Regular' | 'Bold') => readFileSync(join(fonts, `NotoSansHans-${weight}.otf`));

const margin = 40;
const width = 595.28 - 2 * margin;
const bottom = 841.89 - 60;
const colours = { ok: '#1c7c4a', ng: '#a3261d', refused: '#b07d12', soft: '#5b6470', line: '#c9ced6', text: '#14181d' };

/**
 * Draws a report on A4. The same content and pictures give the same bytes: its date is the content's own, and PDFKit makes the
 * file's id from what it says of itself.
 *
 * @param pictures small pictures (JPEG) by their hash
 */
export async function drawReport(
  content: ReportContent,
  language: ReportLanguage,
  pictures: ReadonlyMap<string, Uint8Array>,
): Promise<Uint8Array> {
  const texts = reportTexts[language];
  const { lot, station, made } = content;
  const doc = new PDFDocument({
    ...{ size: 'A4', margin, bufferPages: true, lang: language },
    info: { Title: `${texts.title} ${lot.number} – ${station}`, Author: made.by, CreationDate: new Date(made.at) },
  });
  const bytes = buffer(doc);
  doc.registerFont('regular', fontOf('Regular')).registerFont('bold', fontOf('Bold'));
  const time = timesOf(language, content.timezone);
  head(doc, content, texts, time);
  counts(doc, content, texts);
  hours(doc, content, texts, time);
  pareto(doc, content, texts);
  basis(doc, content, texts);
  parts(doc, content, texts, time, pictures);
  hashes(doc, content, texts);
  feet(doc, content, texts);
  doc.end();
  return bytes;
}

interface Times {
  full(at: string): string;
  clock(at: string): string;
  day(at: string): string;
}

function timesOf(language: ReportLanguage, timeZone: string): Times {
  const locale = language === 'en' ? 'en-GB' : language;
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone });
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone });
  const by = (format: Intl.DateTimeFormat) => (at: string) => format.format(new Date(at));
  return { full: by(full), clock: by(clock), day: by(day) };
}

const text = (doc: Pdf, said: string, size = 9.5, colour = colours.text, font: 'regular' | 'bold' = 'regular') =>
  doc.font(font).fontSize(size).fillColor(colour).text(said, margin, doc.y, { width });

const figure = (value: number): string => String(Number(value.toPrecision(4)));

function section(doc: Pdf, title: string, needs = 60): void {
  if (doc.y + needs > bottom) doc.addPage();
  doc.moveDown(0.8);
  text(doc, title, 12, colours.text, 'bold');
  doc.moveDown(0.3);
}

function head(
  doc: Pdf,
  { lot, station, site, inspection, made }: ReportContent,
  texts: ReportTexts,
  time: Times,
): void {
  text(doc, `${texts.title}  ${lot.number}`, 20, colours.text, 'bold');
  doc.moveDown(0.4);
  const ended = lot.endedAt ? texts.by(time.full(lot.endedAt), lot.endedBy ?? '') : texts.open;
  text(doc, texts.fact(texts.station, texts.both(station, site)));
  text(doc, texts.fact(texts.inspection, inspection));
  text(doc, texts.fact(texts.time, `${texts.by(time.full(lot.startedAt), lot.startedBy)} – ${ended}`));
  text(doc, texts.made(time.full(made.at), made.by), 9.5, colours.soft);
}

const yieldText = (ok: number, all: number): string => (all === 0 ? '–' : `${((100 * ok) / all).toFixed(1)} %`);

function counts(doc: Pdf, { counts: { ok, ng, refused } }: ReportContent, texts: ReportTexts): void {
  doc.moveDown(0.8);
  const all = ok + ng + refused;
  const shown: readonly [string, string, string][] = [
    [texts.all, String(all), colours.text],
    [texts.ok, String(ok), colours.ok],
    [texts.ng, String(ng), colours.ng],
    [texts.refused, String(refused), colours.refused],
    [texts.yield, yieldText(ok, all), colours.text],
  ];
  const top = doc.y;
  const each = width / shown.length;
  for (const [at, [name, value, colour]] of shown.entries()) {
    const x = margin + at * each;
    doc.rect(x, top, each - 8, 3).fill(colour);
    doc
      .font('bold')
      .fontSize(18)
      .fillColor(colour)
      .text(value, x, top + 8, { width: each - 8 });
    doc
      .font('regular')
      .fontSize(9)
      .fillColor(colours.soft)
      .text(name, x, top + 32, { width: each - 8 });
  }
  doc.y = top + 48;
}

/** Parts of each hour as bars, and the share that passed as a line over them. */
function hours(doc: Pdf, { hours: all }: ReportContent, texts: ReportTexts, time: Times): void {
  if (all.length === 0) return;
  section(doc, texts.byHour, 150);
  const [top, high] = [doc.y + 4, 96];
  const most = Math.max(...all.map(({ ok, ng, refused }) => ok + ng + refused));
  const each = Math.min(width / all.length, 60);
  const share = (one: (typeof all)[number]) => one.ok / (one.ok + one.ng + one.refused);
  doc
    .moveTo(margin, top + high)
    .lineTo(margin + width, top + high)
    .lineWidth(0.5)
    .stroke(colours.line);
  const every = Math.ceil(all.length / 16);
  const isOneDay = time.day(all[0]!.at) === time.day(all.at(-1)!.at);
  let day = '';
  for (const [at, one] of all.entries()) {
    let y = top + high;
    for (const kind of ['ok', 'ng', 'refused'] as const) {
      const tall = (one[kind] / most) * high;
      y -= tall;
      if (tall > 0) doc.rect(margin + at * each + each * 0.2, y, each * 0.6, tall).fill(colours[kind]);
    }
    if (at % every > 0) continue;
    doc.font('regular').fontSize(7).fillColor(colours.soft);
    doc.text(time.clock(one.at), margin + at * each - 10, top + high + 3, { width: each + 20, align: 'center' });
    if (!isOneDay && time.day(one.at) !== day) {
      day = time.day(one.at);
      doc.text(day, margin + at * each - 10, top + high + 12, { width: each + 20, align: 'center' });
    }
    doc.text(`${Math.round(100 * share(one))} %`, margin + at * each - 10, top - 10, {
      ...{ width: each + 20, align: 'center' },
    });
  }
  doc.lineWidth(1.2);
  for (const [at, one] of all.entries()) {
    const [x, y] = [margin + (at + 0.5) * each, top + high * (1 - share(one))];
    if (at === 0) doc.moveTo(x, y);
    else doc.lineTo(x, y);
  }
  doc.stroke('#2b5fb3');
  doc.y = top + high + (isOneDay ? 16 : 25);
}

function pareto(doc: Pdf, { classes }: ReportContent, texts: ReportTexts): void {
  section(doc, texts.pareto, 40);
  if (classes.length === 0) {
    text(doc, texts.none);
    return;
  }
  const all = classes.reduce((sum, { count }) => sum + count, 0);
  let so = 0;
  for (const { name, count } of classes) {
    if (doc.y + 16 > bottom) doc.addPage();
    so += count;
    const y = doc.y;
    const called = name === null ? texts.unnamed : name === 'defect' ? texts.defect : name;
    doc.font('regular').fontSize(9).fillColor(colours.text);
    doc.text(called, margin, y, { width: 150, height: 13, ellipsis: true });
    doc.rect(margin + 160, y + 2, Math.max((count / classes[0]!.count) * (width - 260), 1), 8).fill(colours.ng);
    doc
      .fillColor(colours.text)
      .text(`${count}   ${Math.round((100 * so) / all)} %`, margin + width - 90, y, { width: 90, align: 'right' });
    doc.y = y + 15;
  }
}

function basis(doc: Pdf, { versions, reviews }: ReportContent, texts: ReportTexts): void {
  section(doc, texts.promise);
  for (const { inspection, version, parts: judged, threshold, asked, falseRejects, model, findingId } of versions) {
    if (doc.y + 50 > bottom) doc.addPage();
    const of = texts.version(version, judged);
    const named = inspection === undefined ? '' : `${inspection} · `;
    const limited = threshold === null ? of : texts.both(of, texts.limit(figure(threshold)));
    text(doc, `${named}${limited}`, 9.5, colours.text, 'bold');
    if (falseRejects) {
      const { per1000, low, high } = falseRejects;
      text(doc, texts.expected(figure(asked), figure(per1000), figure(low), figure(high)));
    }
    text(doc, `${model}  ·  ${findingId}`, 7, colours.soft);
    doc.moveDown(0.5);
  }
  section(doc, texts.reviews, 40);
  text(doc, texts.rejectsReviewed(reviews.rejects, reviews.falseRejects));
  text(doc, texts.passesReviewed(reviews.passes, reviews.misses));
}

function parts(
  doc: Pdf,
  { parts: all }: ReportContent,
  texts: ReportTexts,
  time: Times,
  pictures: ReadonlyMap<string, Uint8Array>,
): void {
  if (all.length === 0) return;
  section(doc, texts.parts, 150);
  const tall = 96;
  for (const part of all) {
    if (doc.y + tall + 8 > bottom) doc.addPage();
    const top = doc.y;
    for (const [at, hash] of [part.thumbnail, part.heat].entries()) {
      const bytes = hash && pictures.get(hash);
      const x = margin + at * (tall + 6);
      if (bytes) doc.image(Buffer.from(bytes), x, top, { fit: [tall, tall - 4], align: 'center', valign: 'center' });
      else if (at === 0) {
        doc
          .rect(x, top, tall, tall - 4)
          .lineWidth(0.5)
          .stroke(colours.line);
        doc
          .font('regular')
          .fontSize(8)
          .fillColor(colours.soft)
          .text(texts.notKept, x, top + 40, { width: tall, align: 'center' });
      }
    }
    aboutPart(doc, part, texts, time, margin + 2 * (tall + 6) + 4, top);
    doc.y = top + tall + 4;
  }
}

function aboutPart(doc: Pdf, part: ReportPart, texts: ReportTexts, time: Times, x: number, top: number): void {
  const { verdict, className, score, threshold, error, reviewed, reviewedBy, picture, findingId } = part;
  const options = { width: margin + width - x };
  const say = (said: string, size = 9, colour = colours.text, font: 'regular' | 'bold' = 'regular') =>
    doc.font(font).fontSize(size).fillColor(colour).text(said, x, doc.y, options);
  doc.y = top;
  const called = className === 'defect' ? texts.defect : className;
  say([texts[verdict], called, error].filter(Boolean).join('  ·  '), 10, colours[verdict], 'bold');
  say(`${part.fileName}  ·  ${time.full(part.at)}`);
  if (score !== null && threshold !== null) say(texts.score(figure(score), figure(threshold)));
  const by = reviewedBy ?? '';
  const said = reviewed === 'ok' ? texts.saidGood(by) : reviewed === 'ng' ? texts.saidBad(by) : texts.unreviewed;
  say(said, 9, reviewed === null ? colours.soft : colours.text);
  say(`SHA-256 ${picture}`, 6.5, colours.soft);
  if (findingId) say(findingId, 6.5, colours.soft);
}

function hashes(doc: Pdf, { ledger }: ReportContent, texts: ReportTexts): void {
  section(doc, texts.verify, 90);
  text(doc, texts.verifyText);
  doc.moveDown(0.3);
  text(doc, `#${ledger.sequence}  ${ledger.hash}`, 7, colours.soft);
}

function feet(doc: Pdf, { lot, station }: ReportContent, texts: ReportTexts): void {
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    doc.switchToPage(page);
    // Below the margin, where a line would begin a new page.
    doc.page.margins.bottom = 0;
    doc.font('regular').fontSize(8).fillColor(colours.soft);
    // What is longer than its line is cut, and a lot as long as they may be leaves room for the page.
    doc.text(`${texts.lot} ${lot.number} · ${station}`, margin, 841.89 - 36, {
      ...{ width: width - 110, height: 11, ellipsis: true },
    });
    doc.text(texts.page(page + 1, count), margin + width - 100, 841.89 - 36, {
      width: 100,
      align: 'right',
      lineBreak: false,
    });
  }
}
