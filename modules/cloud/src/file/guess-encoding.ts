import { isAscii } from 'node:buffer';
import type { Guess } from './guess.ts';
import { guessNotes } from './guess-notes.ts';
import { byteOrderMark, decodeStrictly, type TextEncoding } from './line-decoder.ts';

/** Characters of headers and labels in meters' exports; enough to tell the two Chinese encodings apart. */
const common =
  '时間间日期電电量用度表号號值功率有無无力温溫水气氣流压壓線线路站名称稱單单位质質數数据據序列總总累计計費费期设備备点點正常年月分秒';

/** The encoding of the beginning of a file. `whole` says that `head` is all of it. */
export function guessEncoding(head: Buffer, whole: boolean): Guess & { value: TextEncoding } {
  const what = 'encoding';
  const marked = byteOrderMark(head);
  if (marked !== undefined)
    return {
      what,
      value: marked,
      confidence: 1,
      reason: guessNotes['byte-order-mark']({ encoding: marked.toUpperCase() }),
    };
  const wide = guessWide(head);
  if (wide !== undefined) return wide;
  if (isAscii(head)) {
    const reason = guessNotes.ascii();
    return { what, value: 'utf-8', confidence: 0.9, reason };
  }
  const lines = splitLines(head, whole);
  const strange = lines.filter((line) => !isAscii(line));
  const utf8 = strange.filter((line) => decodeStrictly(line, 'utf-8') !== undefined).length / (strange.length || 1);
  if (utf8 >= 0.5) {
    const reason =
      utf8 === 1
        ? guessNotes['utf-8']()
        : guessNotes['utf-8-mostly']({ share: { share: Math.round(utf8 * 100) / 100 } });
    return { what, value: 'utf-8', confidence: utf8 === 1 ? 0.99 : 0.6, reason };
  }
  return guessEastAsian(strange);
}

/** UTF-16 without a mark: text of meters is mostly ASCII, so every other byte is zero. */
function guessWide(head: Buffer): (Guess & { value: TextEncoding }) | undefined {
  const size = Math.min(head.length - (head.length % 2), 4096);
  let even = 0;
  let odd = 0;
  for (let at = 0; at < size; at += 2) {
    if (head[at] === 0) even++;
    if (head[at + 1] === 0) odd++;
  }
  const half = size / 2;
  if (half < 4 || (even < half * 0.4 && odd < half * 0.4) || (even > half * 0.2 && odd > half * 0.2)) return undefined;
  const value = odd > even ? 'utf-16le' : 'utf-16be';
  const reason = guessNotes['utf-16']({ encoding: value.toUpperCase() });
  return { what: 'encoding', value, confidence: 0.95, reason };
}

function splitLines(head: Buffer, whole: boolean): Buffer[] {
  const lines: Buffer[] = [];
  let at = 0;
  while (at < head.length) {
    const end = head.indexOf(10, at);
    // The head may end inside a character.
    if (end < 0 && !whole && lines.length > 0) break;
    lines.push(head.subarray(at, end < 0 ? head.length : end));
    at = end < 0 ? head.length : end + 1;
  }
  return lines;
}

function guessEastAsian(strange: readonly Buffer[]): Guess & { value: TextEncoding } {
  const what = 'encoding';
  const sample = Buffer.concat(strange.slice(0, 2000));
  const simplified = familiar(strange, 'gb18030');
  const traditional = familiar(strange, 'big5');
  if (simplified > 0 && simplified >= traditional && doubleByteShare(sample) >= 0.8) {
    const reason = guessNotes['chinese-text']({ encoding: 'GB18030', count: simplified });
    return { what, value: 'gb18030', confidence: simplified > 1 ? 0.95 : 0.8, reason };
  }
  if (traditional > 0 && traditional > simplified) {
    const reason = guessNotes['chinese-text']({ encoding: 'Big5', count: traditional });
    return { what, value: 'big5', confidence: 0.8, reason };
  }
  if (doubleByteShare(sample) >= 0.8 && sample.filter((byte) => byte >= 0x80).length >= 4) {
    const reason = guessNotes['gb18030-pairs']();
    return { what, value: 'gb18030', confidence: 0.7, reason };
  }
  const reason = guessNotes.western();
  return { what, value: 'windows-1252', confidence: 0.7, reason };
}

function familiar(lines: readonly Buffer[], encoding: TextEncoding): number {
  let count = 0;
  for (const line of lines.slice(0, 500))
    for (const char of decodeStrictly(line, encoding) ?? '') if (common.includes(char)) count++;
  return count;
}

/** Share of the bytes above 127 that stand in pairs of the GB 2312 plane. */
function doubleByteShare(bytes: Buffer): number {
  let high = 0;
  let paired = 0;
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at]!;
    if (lead < 0x80) continue;
    high++;
    const trail = bytes[at + 1] ?? 0;
    if (lead >= 0xa1 && lead <= 0xf7 && trail >= 0xa1) {
      high++;
      paired += 2;
      at++;
    }
  }
  return high === 0 ? 0 : paired / high;
}
