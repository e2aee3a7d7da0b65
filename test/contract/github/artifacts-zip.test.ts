import { constants, deflateRawSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readZipEntry } from '../../../src/adapters/github/artifacts/read-zip-entry.ts';
import { rawZip } from './artifacts-raw-zip.ts';

const wanted = { name: 'report.json', maxBytes: 1000 };
const report = Buffer.from('{"schema":1}');
const read = (zip: Uint8Array) => readZipEntry(zip, wanted).toString();

describe('a file in a zip', () => {
  it.each([0, 6, 9] as const)('is read as another library packed it, level %i', (level) => {
    const zip = zipSync({ 'a/b.txt': [Buffer.from('b'), { level }], 'report.json': [report, { level }] });
    expect(read(zip)).toBe('{"schema":1}');
  });

  it('is read with its sizes behind it, as actions/upload-artifact writes it', () => {
    const local = { size: 0 };
    expect(read(rawZip([{ name: 'report.json', content: report, flags: 0x0808, local }]))).toBe(
      '{"schema":1}',
    );
  });

  it('may be empty, and may be exactly as large as allowed', () => {
    expect(read(zipSync({ 'report.json': new Uint8Array(0) }))).toBe('');
    expect(read(rawZip([{ name: 'report.json', content: Buffer.alloc(0), method: 0 }]))).toBe('');
    expect(read(zipSync({ 'report.json': Buffer.alloc(1000, 'a') }))).toHaveLength(1000);
  });

  it('is read out of a part of a larger buffer', () => {
    const zip = zipSync({ 'report.json': report });
    const around = Buffer.concat([Buffer.from('before'), zip, Buffer.from('behind')]);
    expect(read(around.subarray(6, 6 + zip.length))).toBe('{"schema":1}');
  });

  it('is the one of that very name, whatever else is there', () => {
    const names = [
      '../report.json',
      './report.json',
      '/report.json',
      'REPORT.JSON',
      'x/report.json',
      'report.json\0',
    ];
    const others = names.map((name) => ({ name, content: Buffer.from('wrong') }));
    expect(read(rawZip([...others, { name: 'report.json', content: report }]))).toBe('{"schema":1}');
    expect(() => read(rawZip(others))).toThrow(
      /it holds no "report.json"; it holds "\.\.\/report\.json", .* and 1 more/,
    );
    expect(() => read(rawZip([]))).toThrow(/it holds nothing/);
  });

  it('shows names from the zip without their control characters', () => {
    expect(() => read(rawZip([{ name: 'a\n::error::b\u202e' }]))).toThrow(
      /it holds "a\\n::error::b\\u202e"\. Upload/,
    );
  });
});

describe('a hostile zip is refused', () => {
  const named = { name: 'report.json', content: report };
  const big = Buffer.alloc(2 ** 20);
  it.each<[string, () => Uint8Array, RegExp]>([
    ['two of a name', () => rawZip([named, { ...named, content: Buffer.from('{}') }]), /more than once/],
    [
      'a symbolic link',
      () => rawZip([{ ...named, content: Buffer.from('/etc/passwd'), mode: 0o120777 }]),
      /a link/,
    ],
    ['a folder', () => rawZip([{ ...named, mode: 0o040755 }]), /a folder/],
    ['a device', () => rawZip([{ ...named, mode: 0o060644 }]), /regular file/],
    ['an encrypted file', () => rawZip([{ ...named, flags: 1 }]), /encrypted/],
    ['strong encryption', () => rawZip([{ ...named, flags: 0x41 }]), /encrypted/],
    ['an unusual method', () => rawZip([{ ...named, method: 12, packed: report }]), /method 12/],
    [
      'too large by its own account',
      () => zipSync({ 'report.json': Buffer.alloc(1001) }),
      /1001 bytes .* 1000/,
    ],
    [
      'an honest bomb',
      () => rawZip([{ name: 'report.json', content: big }]),
      /1048576 bytes by its own account/,
    ],
    [
      'a lying bomb',
      () => rawZip([{ name: 'report.json', content: big, size: 900 }]),
      /larger than the 900 bytes/,
    ],
    [
      'a bomb that says 0',
      () => rawZip([{ name: 'report.json', content: big, size: 0 }]),
      /larger than the 0 bytes/,
    ],
    [
      'a file that is smaller',
      () => rawZip([{ ...named, size: 900 }]),
      /12 bytes, and 900 by its own account/,
    ],
    ['stored with two sizes', () => rawZip([{ ...named, method: 0, size: 900 }]), /two different sizes/],
    ['a wrong CRC', () => rawZip([{ ...named, crc: 1 }]), /CRC-32/],
    [
      'bytes behind the packed ones',
      () => rawZip([{ ...named, packed: Buffer.concat([deflateRawSync(report), big]) }]),
      /cannot be unpacked/,
    ],
    [
      'packed bytes that break off',
      () => rawZip([{ ...named, packed: deflateRawSync(report).subarray(0, 5) }]),
      /cannot be unpacked/,
    ],
    ['no deflate at all', () => rawZip([{ ...named, packed: Buffer.alloc(50, 255) }]), /cannot be unpacked/],
    [
      'a file that calls itself otherwise',
      () => rawZip([{ ...named, local: { name: 'eport.json!' } }]),
      /something else/,
    ],
    ['another size in the file', () => rawZip([{ ...named, local: { size: 5 } }]), /something else/],
    ['other flags in the file', () => rawZip([{ ...named, local: { flags: 1 } }]), /something else/],
    ['an entry that leads nowhere', () => rawZip([{ ...named, offset: 5 }]), /where no file begins/],
    [
      'an entry that leads beyond',
      () => rawZip([{ ...named, offset: 4_000_000_000 }]),
      /where no file begins/,
    ],
    [
      'an entry larger than the zip',
      () => rawZip([{ ...named, compressedSize: 4_000_000, flags: 8 }]),
      /before its end/,
    ],
    ['a directory inside a comment', () => rawZip([named], { comment: 'more' }), /last bytes/],
    [
      'a program before it',
      () => Buffer.concat([Buffer.from('#!/bin/sh\n'), rawZip([named])]),
      /not where its end says/,
    ],
    ['bytes before the end', () => rawZip([named], { gap: 3 }), /not where its end says/],
    ['fewer entries than counted', () => rawZip([named], { count: 2 }), /after 1 of 2/],
    ['more entries than counted', () => rawZip([named, { name: 'b' }], { count: 1 }), /more than the 1/],
    ['a part of several', () => rawZip([named], { volume: 1 }), /several/],
    [
      'too many entries',
      () => rawZip(Array.from({ length: 10_001 }, (_, i) => ({ name: `f${i}` }))),
      /10001 entries/,
    ],
    ['zip64 by its count', () => rawZip([named], { count: 0xffff }), /zip64/],
    ['zip64 by its place', () => rawZip([named], { start: 0xffffffff }), /zip64/],
    [
      'zip64 by its size',
      () => rawZip([{ ...named, size: 0xffffffff }]),
      /4294967295 bytes by its own account/,
    ],
    ['no zip', () => Buffer.from('not a zip, but longer than the end of one is'), /no zip/],
    ['nothing', () => new Uint8Array(0), /no zip/],
  ])('%s', (_, zip, why) => {
    expect(() => read(zip())).toThrow(why);
    expect(() => read(zip())).toThrow(expect.objectContaining({ name: 'KnownGoodError', code: 'input' }));
  });

  it('70,000 entries, as another library writes them', () => {
    const files = Object.fromEntries(
      Array.from({ length: 70_000 }, (_, i) => [`f${i}`, [report, { level: 0 }] as const]),
    );
    expect(() => read(zipSync(files as never))).toThrow(/entries|zip64|directory/);
  });

  it('and ends at every byte with a sentence, never with a crash', () => {
    const zip = rawZip([{ name: 'other.txt' }, { name: 'report.json', content: report }]);
    for (let length = 0; length < zip.length; length++) {
      expect(() => read(zip.subarray(0, length))).toThrow(expect.objectContaining({ code: 'input' }));
    }
  });

  it('and says something of every byte that is flipped, or reads the very content', () => {
    const zip = rawZip([{ name: 'report.json', content: report }]);
    for (let at = 0; at < zip.length * 8; at++) {
      const flipped = Buffer.from(zip);
      flipped[at >> 3] = (flipped[at >> 3] ?? 0) ^ (1 << (at & 7));
      const outcome = attempt(() => read(flipped));
      expect(['input', '{"schema":1}'], `bit ${at}`).toContain(outcome);
    }
  });

  it('a bomb of 10 GB in 10 MB, which costs no memory', () => {
    const layer = deflateRawSync(Buffer.alloc(2 ** 25), { finishFlush: constants.Z_FULL_FLUSH });
    const packed = Buffer.concat(Array.from({ length: 320 }, () => layer));
    const before = process.memoryUsage().rss;
    const bomb = rawZip([{ name: 'report.json', packed, size: 999, crc: 0 }]);
    expect(() => read(bomb)).toThrow(/larger than the 999 bytes/);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 2 ** 20);
  });
});

function attempt(run: () => string): string {
  try {
    return run();
  } catch (error) {
    return (error as { code: string }).code;
  }
}
