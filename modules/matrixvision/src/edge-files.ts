import type { Blobs } from '@millwright/blobs';
import type { EdgeBlob } from '@millwright/cloud';
import { type InstalledNetwork, installNetworks } from '@millwright/inference';
import { canonicalJson } from '@millwright/ledger';
import type { AttributeInUse } from './attributes/service/schemas.ts';
import type { EdgeModel, EdgeNetwork } from './edge-contract.ts';
import type { ModelService } from './models/service.ts';

interface Parts {
  readonly blobs: Blobs;
  readonly models: ModelService;
  /** Folder that converted networks are kept in. */
  readonly folder: string;
}

/** Files that a box fetches for its document, each once; filled while the document is written. */
export class EdgeFiles {
  #parts: Parts;
  #files = new Map<string, EdgeBlob>();
  #models = new Map<string, EdgeModel>();
  #networks = new Map<string, EdgeNetwork>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get blobs(): EdgeBlob[] {
    return [...this.#files.values()];
  }

  get models(): EdgeModel[] {
    return [...this.#models.values()];
  }

  get networks(): EdgeNetwork[] {
    return [...this.#networks.values()];
  }

  /** A file that is there already. */
  async add(sha256: string, name: string): Promise<void> {
    const { size } = await this.#parts.blobs.stat(sha256);
    this.#files.set(sha256, { sha256, bytes: size, name });
  }

  /** A detector as a camera names it: a user's is card and network, a bundled one the network. */
  async addDetector(model: string): Promise<void> {
    const own = await this.#parts.models.filesOf(model);
    if (!own) return this.addBundled(model);
    const { name, version, network } = own;
    await this.add(model, `${name}.json`);
    await this.add(network, `${name}.onnx`);
    this.#models.set(model, { id: model, name, version, network });
  }

  async addBundled(name: string): Promise<void> {
    const { path, version } = await installed(name, this.#parts.folder);
    const id = `${name}-${version}.onnx`;
    if (this.#networks.has(id)) return;
    const { hash, size } = await this.#parts.blobs.put(path, { mediaType: 'application/octet-stream' });
    this.#files.set(hash, { sha256: hash, bytes: size, name: id });
    this.#networks.set(id, { id, sha256: hash });
  }

  /** What was taught, as the file of its canonical JSON, whose hash it goes by. */
  async addAttribute({ model, sha256 }: AttributeInUse): Promise<{ name: string; sha256: string }> {
    const { blobs } = this.#parts;
    if (!(await blobs.has(sha256)))
      await blobs.put(Buffer.from(canonicalJson(model)), { mediaType: 'application/json' });
    await this.add(sha256, `${model.name}.json`);
    return { name: model.name, sha256 };
  }
}

/** Boxes ask every minute; a conversion that is there need not be looked for each time. */
const known = new Map<string, Promise<InstalledNetwork>>();

function installed(name: string, folder: string): Promise<InstalledNetwork> {
  const key = `${folder}\n${name}`;
  const asked = known.get(key) ?? installNetworks([name], folder).then(([network]) => network!);
  known.set(key, asked);
  // Asked again the next time: the disk may have been full.
  asked.catch(() => known.delete(key));
  return asked;
}
