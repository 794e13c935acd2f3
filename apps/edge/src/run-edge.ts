import { mkdir } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { join, resolve } from 'node:path';
import {
  type EdgeBlob,
  type EdgeCommand,
  type EdgeDesired,
  type EdgeHealth,
  type EdgePart,
  type EdgeReport,
  edgeDesiredSchema,
} from '@millwright/cloud';
import { edgeErrors } from '@millwright/cloud/edge';
import { Backoff, type Clock, isMillwrightError, type LogLevel, newId, sleep, systemClock } from '@millwright/kernel';
import { BoxFiles } from './box-files.ts';
import { type BoxState, boxStateOf, isToken } from './box-state.ts';
import { reportFile } from './box-status.ts';
import { agentErrors } from './errors.ts';
import { readJson, writeWhole } from './files.ts';
import { lockBoxFolder } from './folder-lock.ts';
import { Health } from './health.ts';
import { type MachineTime, machineTime } from './link/machine-time.ts';
import { MqttUplink } from './link/mqtt-uplink.ts';
import { ServerApi } from './link/server-api.ts';
import { ServerClock } from './link/server-clock.ts';
import { Uplink } from './link/uplink.ts';
import { LogFile } from './log-file.ts';
import { Outbox } from './outbox/outbox.ts';
import { readOverrides } from './overrides.ts';
import { PartRunner } from './part-runner.ts';
import { version } from './version.ts';

export interface EdgeOptions {
  /** `http://host:7300`; left out, the one this folder was enrolled at. */
  readonly server?: string;
  /** One-time code of an enrolment. */
  readonly code?: string;
  /** A long-lived token of a box, or a code. */
  readonly token?: string;
  /** Folder of everything the box keeps. */
  readonly data: string;
  readonly parts: readonly EdgePart[];
  /** Folders that parts may read pictures from; left out, none. */
  readonly watchedFolders?: readonly string[] | undefined;
  /** `mqtt://…` of a broker, `off` for none; left out, the server’s own where nothing is encrypted anyway. */
  readonly mqtt?: string;
  /** What may wait for the server on disk, bytes. */
  readonly budgetBytes?: number;
  readonly minimumFreeBytes?: number;
  readonly logLevel?: LogLevel;
  /** Ends the agent. */
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  readonly machine?: MachineTime;
  /** How often it reports, tries again, and looks for local changes; for tests. */
  readonly timing?: Partial<EdgeTiming>;
  /** Told once parts run, from disk or from the server. */
  readonly onReady?: (box: BoxState['box']) => void;
}

export interface EdgeTiming {
  readonly reportMs: number;
  readonly retryFirstMs: number;
  readonly retryMostMs: number;
  readonly pollSeconds: number;
}

const usualTiming: EdgeTiming = { reportMs: 10_000, retryFirstMs: 1_000, retryMostMs: 60_000, pollSeconds: 25 };
const usualBudgetBytes = 20 * 1024 ** 3;
const usualFreeBytes = 1024 ** 3;

/** What the disk says when nothing can be written to it. */
const unusable = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOSPC', 'EDQUOT']);
/** A clock that is this far off is worth a word to whoever looks after the box. */
const clockOffMs = 5_000;

/** What the agent ended for. */
export interface EdgeEnd {
  readonly box: BoxState['box'];
  /** The server asked for it. */
  readonly restart: boolean;
}

/**
 * Runs a box until its signal aborts or the server has it restarted: enrols, brings the desired state into effect, keeps
 * what parts hand over and sends it when the server can be reached. Works from what is on disk as long as it cannot.
 */
export async function runEdge(options: EdgeOptions): Promise<EdgeEnd> {
  const folder = resolve(options.data);
  let unlock: (() => void) | undefined;
  try {
    unlock = lockBoxFolder(folder);
    return await new Agent(folder, options).run();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (unusable.has(code)) throw agentErrors.EDGE_FOLDER_UNUSABLE({ folder, reason: code }, error);
    throw error;
  } finally {
    unlock?.();
  }
}

function serverUrl(server: string): string {
  const url = URL.parse(server);
  if (!url || !/^https?:$/.test(url.protocol)) throw agentErrors.EDGE_SERVER_INVALID({ server });
  return url.href.replace(/\/+$/, '');
}

class Agent {
  #folder: string;
  #options: EdgeOptions;
  #timing: EdgeTiming;
  #clock: Clock;
  #log: LogFile;
  #stop = new AbortController();
  #restart = false;
  #time: ServerClock;
  #startedAt: number;
  #desired: EdgeDesired | undefined;
  #runners = new Map<string, PartRunner>();
  /** What is being fetched before it can count. */
  #fetching: { readonly revision: number; readonly blobs: readonly EdgeBlob[]; problem: string | null } | undefined;
  /** Files of the desired state that the server could not give, and when they are asked for again. */
  #lacking: { readonly blobs: readonly EdgeBlob[]; readonly againAt: number } = { blobs: [], againAt: 0 };
  #lackingBackoff: Backoff;
  #mqttUrl = '';
  #toldClock = false;
  #settling: Promise<void> = Promise.resolve();

  constructor(folder: string, options: EdgeOptions) {
    this.#folder = folder;
    this.#options = options;
    this.#timing = { ...usualTiming, ...options.timing };
    this.#clock = options.clock ?? systemClock;
    this.#startedAt = this.#clock.now().getTime();
    this.#log = new LogFile(join(folder, 'log'));
    const { retryFirstMs: firstMs, retryMostMs } = this.#timing;
    // A large file that comes wrong is fetched whole each time.
    this.#lackingBackoff = new Backoff({ firstMs, ceilingMs: 10 * retryMostMs });
    this.#time = new ServerClock(this.#clock, options.machine ?? machineTime(), join(folder, 'clock.json'));
    if (options.signal?.aborted) this.#stop.abort();
    options.signal?.addEventListener('abort', () => this.#stop.abort(), { once: true });
  }

  async run(): Promise<EdgeEnd> {
    const { signal } = this.#stop;
    const logger = this.#log.logger(this.#options.logLevel ?? 'warn');
    const apiOf = (token: string, server: string) =>
      new ServerApi({ url: serverUrl(server), token, clock: this.#time, signal });
    const { server, token, code } = this.#options;
    const isCode = token !== undefined && !isToken(token);
    const given = { server, code: code ?? (isCode ? token : undefined), token: isCode ? undefined : token };
    const state = await boxStateOf(this.#folder, given, apiOf);
    const api = apiOf(state.token, state.server);
    const outbox = await Outbox.open({
      ...{ folder: await this.#made('outbox'), logger },
      budgetBytes: this.#options.budgetBytes ?? usualBudgetBytes,
      minimumFreeBytes: this.#options.minimumFreeBytes ?? usualFreeBytes,
    });
    const retryMs = { first: this.#timing.retryFirstMs, most: this.#timing.retryMostMs };
    const uplink = new Uplink({ outbox, api, clock: this.#time, logger, signal, retryMs });
    const files = new BoxFiles(join(this.#folder, 'files'));
    const health = new Health(this.#folder);
    const box: Box = { state, api, outbox, uplink, files, health, logger };
    logger.info({ box: state.box.name, version, server: state.server }, 'the agent starts');
    try {
      const kept = edgeDesiredSchema.safeParse(await readJson(this.#path('desired.json')));
      if (kept.success) {
        this.#desired = kept.data;
        this.#lacking = { blobs: blobsOf(kept.data), againAt: 0 };
        await this.#settle(box);
        this.#options.onReady?.(state.box);
      }
      await Promise.all([this.#poll(box, !kept.success), uplink.run(), this.#reports(box), this.#localChanges(box)]);
    } finally {
      this.#stop.abort();
      for (const runner of this.#runners.values()) await runner.stop();
      await uplink.mqtt?.close();
      await outbox.close();
      logger.info({ restart: this.#restart }, 'the agent ends');
    }
    return { box: state.box, restart: this.#restart };
  }

  /** Asks for the desired state for as long as the agent runs. */
  async #poll(box: Box, tellReady: boolean): Promise<void> {
    const { signal } = this.#stop;
    const backoff = new Backoff({ firstMs: this.#timing.retryFirstMs, ceilingMs: this.#timing.retryMostMs });
    let [trouble, isReady] = ['', !tellReady];
    // The first answer is a full one, whatever is known: it says more than the parts’ documents.
    let has: number | undefined;
    while (!signal.aborted) {
      try {
        const wanted = await box.api.desired(has, this.#timing.pollSeconds);
        if (wanted) await this.#take(box, wanted);
        await this.#fetchLacking(box);
        has = this.#desired?.revision;
        if (trouble) box.logger.info({}, 'the server is there again');
        trouble = '';
        backoff.reset();
        if (!isReady) this.#options.onReady?.(box.state.box);
        isReady = true;
      } catch (error) {
        if (signal.aborted) return;
        const code = isMillwrightError(error) ? error.code : String(error);
        if (code !== trouble) box.logger.warn({ err: error }, 'working without the server');
        trouble = code;
        await sleep(backoff.next(), signal);
      }
    }
  }

  async #take(box: Box, wanted: EdgeDesired): Promise<void> {
    this.#useBroker(box, wanted.mqttPort);
    // Before anything else, which may fail: a restart may be what helps.
    for (const command of wanted.commands) await this.#obey(box, command);
    if (this.#stop.signal.aborted) return;
    const isNew = wanted.revision !== this.#desired?.revision;
    if (!isNew) return;
    // Everything it names is here before it counts: what is on disk can be brought into effect without a network.
    // Of a file that the server itself cannot give, only what uses it is refused.
    const blobs = blobsOf(wanted);
    await this.#fetch(box, wanted.revision, blobs);
    await writeWhole(this.#path('desired.json'), JSON.stringify({ ...wanted, commands: [] }));
    this.#desired = wanted;
    await this.#settle(box);
    // Where a part rejected its document, the one in effect still needs its own.
    const held = [...this.#runners.values()].flatMap((runner) => runner.files);
    await box.files.keepOnly(new Set([...blobs.map(({ sha256 }) => sha256), ...held]));
    await this.#report(box);
  }

  async #fetch(box: Box, revision: number, blobs: readonly EdgeBlob[]): Promise<void> {
    const before = this.#fetching;
    const problem = before?.revision === revision ? before.problem : null;
    const fetching = { revision, blobs, problem };
    this.#fetching = fetching;
    try {
      const lacking = await box.files.fetchAll(box.api, blobs);
      this.#lacking = { blobs: lacking, againAt: this.#clock.now().getTime() + this.#lackingBackoff.next() };
      if (lacking.length > 0) fetching.problem = box.files.problemOf(lacking[0]!.sha256);
      else {
        this.#fetching = undefined;
        this.#lackingBackoff.reset();
      }
    } catch (error) {
      fetching.problem = (error instanceof Error ? error.message : String(error)).slice(0, 2000);
      throw error;
    }
  }

  /** Asks again for what the server could not give, and has it brought into effect once it came. */
  async #fetchLacking(box: Box): Promise<void> {
    const { blobs, againAt } = this.#lacking;
    if (!this.#desired || blobs.length === 0 || this.#clock.now().getTime() < againAt) return;
    await this.#fetch(box, this.#desired.revision, blobs);
    if (this.#lacking.blobs.length === blobs.length) return;
    for (const runner of this.#runners.values()) runner.again();
    await this.#settle(box);
  }

  async #fetchingNow({ files }: Box): Promise<Pick<EdgeReport, 'fetching'>> {
    if (!this.#fetching) return {};
    const { revision, blobs, problem } = this.#fetching;
    const there = await Promise.all(blobs.map(async (blob) => ({ ...blob, have: await files.bytesOf(blob.sha256) })));
    return { fetching: { revision, problem, files: there } };
  }

  /** Brings into effect what is wanted and not there yet. */
  async #settle(box: Box): Promise<void> {
    const before = this.#settling;
    this.#settling = (async () => {
      await before.catch(() => undefined); // Its caller was told.
      await this.#settleNow(box);
    })();
    await this.#settling;
  }

  async #settleNow(box: Box): Promise<void> {
    const desired = this.#desired;
    if (!desired) return;
    const overrides = await readOverrides(this.#folder);
    for (const part of this.#options.parts) {
      const wanted = desired.parts[part.name];
      const runner = this.#runners.get(part.name);
      if (!wanted) {
        await runner?.stop();
        this.#runners.delete(part.name);
        continue;
      }
      const used = runner ?? this.#runnerOf(box, part, desired);
      this.#runners.set(part.name, used);
      const own = (overrides[part.name] ?? []).filter(({ path }) => path.length > 0);
      if (used.needs(desired.revision, wanted, own)) await used.bring(desired.revision, wanted, own);
    }
  }

  #runnerOf(box: Box, part: EdgePart, { box: { id, name, siteId, timezone } }: EdgeDesired): PartRunner {
    return new PartRunner(part, {
      ...{ folder: this.#folder, logger: box.logger, clock: this.#clock },
      context: {
        box: { id, name, siteId, timezone },
        watchedFolders: this.#options.watchedFolders ?? [],
        clockOffsetMs: () => this.#time.offsetMs(),
        blob: (sha256) => box.files.path(sha256),
        send: async (kind, payload, more = {}) => {
          const now = this.#clock.now().getTime();
          const time = more.time ?? now;
          const record = {
            ...{ id: more.id ?? newId(), part: part.name, kind, time, payload, files: more.files ?? [] },
            ...{ boot: this.#time.boot, uptimeMs: this.#time.uptimeMs() - (now - time) },
            ...{ offsetMs: this.#time.offsetMs(), priority: more.priority ?? 'event' },
          };
          await box.outbox.append(record);
          return record.id;
        },
      },
    });
  }

  async #reports(box: Box): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await this.#report(box);
      await sleep(this.#timing.reportMs, signal);
    }
  }

  /** A report that does not arrive is no loss: the next one says more. */
  async #report(box: Box): Promise<void> {
    const reports = [...this.#runners.values()].map((runner) => ({ runner, said: runner.report() }));
    const report: EdgeReport = {
      ...{ time: this.#clock.now().getTime(), version, platform: `${platform()}-${arch()}` },
      startedAt: this.#startedAt,
      health: await this.#healthOf(box),
      ...(await this.#fetchingNow(box)),
      parts: Object.fromEntries(reports.map(({ runner, said }) => [runner.name, said])),
    };
    await writeWhole(this.#path(reportFile), JSON.stringify(report)).catch((error: unknown) =>
      box.logger.debug({ err: error }, 'a report was not written down'),
    );
    try {
      const { want } = await box.api.report(report);
      this.#tellClock(box);
      for (const { runner, said } of reports) runner.told(said.documentHash, want.includes(runner.name));
    } catch (error) {
      if (!isMillwrightError(error)) throw error;
      box.logger.debug({ code: error.code }, 'a report did not arrive');
    }
  }

  #tellClock(box: Box): void {
    const offset = this.#time.offsetMs();
    if (this.#toldClock || offset === null || Math.abs(offset) < clockOffMs) return;
    this.#toldClock = true;
    const seconds = Math.round(-offset / 1000);
    box.logger.warn(
      { seconds },
      'the clock of this box is that far ahead of the server’s; what it sends is placed by the server’s. Set it, e.g. timedatectl set-ntp true',
    );
  }

  async #healthOf(box: Box): Promise<EdgeHealth> {
    const { waiting, bytes, budgetBytes, oldest, ...dropped } = box.outbox.figures();
    return {
      ...(await box.health.measure()),
      uptimeSeconds: Math.round(this.#time.uptimeMs() / 1000),
      clockOffsetMs: this.#time.offsetMs(),
      outbox: { waiting, bytes, budgetBytes, oldest, ...dropped },
      transport: box.uplink.mqtt?.isConnected ? 'mqtt' : 'https',
    };
  }

  /** Takes in overrides that somebody sets on the box itself, and tries again what left a part without a document. */
  async #localChanges(box: Box): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await sleep(Math.min(2_000, this.#timing.reportMs), signal);
      if (!signal.aborted) await this.#settle(box);
    }
  }

  async #obey(box: Box, command: EdgeCommand): Promise<void> {
    if (command.kind === 'ask') {
      // Whatever it takes must hold up neither the next question nor a new desired state.
      void this.#reply(box, command);
      return;
    }
    box.logger.info({ command: command.kind }, 'a command of the server');
    if (command.kind === 'log') {
      const lines = this.#log.tail(command.level ?? 'info', command.lines ?? 200);
      await box.api.answerCommand(command.id, { ok: true, result: { lines } });
      return;
    }
    // Answered first: once it is told, it will not be asked again.
    await box.api.answerCommand(command.id, { ok: true, result: { restarting: true } });
    this.#restart = true;
    this.#stop.abort();
  }

  async #reply(box: Box, { id, part = '', what = '', input }: EdgeCommand): Promise<void> {
    try {
      const answer = await this.#runners.get(part)?.asked(what, input);
      if (answer === undefined) throw edgeErrors.EDGE_ASK_UNKNOWN({ part, what });
      await box.api.answerCommand(id, { ok: true, result: answer });
    } catch (error) {
      const known = isMillwrightError(error)
        ? error
        : edgeErrors.EDGE_ASK_FAILED({ part, what, reason: String(error) });
      box.logger.warn({ err: error, part, what }, 'a question of the server was not answered');
      const { code, status, message, details } = known;
      await box.api
        .answerCommand(id, { ok: false, result: { code, status, message, details } })
        .catch((lost: unknown) => box.logger.warn({ err: lost, part, what }, 'nor could that be said'));
    }
  }

  #useBroker(box: Box, port: number | null): void {
    const { mqtt } = this.#options;
    const server = new URL(box.state.server);
    // Its token must not cross the network in the clear when everything else is encrypted.
    const own = port !== null && server.protocol === 'http:' ? `mqtt://${server.hostname}:${port}` : undefined;
    const url = mqtt === 'off' ? undefined : (mqtt ?? own);
    if ((url ?? '') === this.#mqttUrl) return;
    this.#mqttUrl = url ?? '';
    void box.uplink.mqtt?.close();
    const { token, box: facts } = box.state;
    box.uplink.mqtt = url ? new MqttUplink({ url, boxId: facts.id, token, logger: box.logger }) : undefined;
  }

  async #made(name: string): Promise<string> {
    await mkdir(this.#path(name), { recursive: true });
    return this.#path(name);
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}

const blobsOf = ({ parts }: EdgeDesired): EdgeBlob[] => Object.values(parts).flatMap(({ blobs }) => blobs);

interface Box {
  readonly state: BoxState;
  readonly api: ServerApi;
  readonly outbox: Outbox;
  readonly uplink: Uplink;
  readonly files: BoxFiles;
  readonly health: Health;
  readonly logger: ReturnType<LogFile['logger']>;
}
