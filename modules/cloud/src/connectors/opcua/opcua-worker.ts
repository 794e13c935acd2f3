import { parentPort } from 'node:worker_threads';
import { createLogger, isMillwrightError, type LogLevel, systemClock } from '@millwright/kernel';
import type { ConnectorSink, DeliveryReceipt, OpenConnector } from '../connector.ts';
import { openOpcuaSession } from './opcua-session.ts';
import type { FromWorker, OpenMessage, ToWorker } from './worker-messages.ts';

/** The thread in which all OPC UA sessions live: loading the library alone would stop the server's event loop for most of a second. */
const port = parentPort!;
const sessions = new Map<number, Required<OpenConnector>>();
const calls = new Map<number, { resolve: (receipt: DeliveryReceipt) => void; reject: (error: Error) => void }>();
const nothing: DeliveryReceipt = { stored: 0, duplicate: 0, rejected: 0 };
let lastCall = 0;

const send = (message: FromWorker) => port.postMessage(message);

function ask(make: (call: number) => FromWorker): Promise<DeliveryReceipt> {
  lastCall += 1;
  const call = lastCall;
  return new Promise((resolve, reject) => {
    calls.set(call, { resolve, reject });
    send(make(call));
  });
}

function sinkOf(session: number): ConnectorSink {
  return {
    deliver: (items) => ask((call) => ({ type: 'deliver', session, call, items })),
    reject: async (items) => void (await ask((call) => ({ type: 'reject', session, call, items }))),
    announce: async (items) => void (await ask((call) => ({ type: 'announce', session, call, items }))),
    report: (state) => send({ type: 'report', session, state }),
  };
}

function open(message: OpenMessage): void {
  const { session, sourceId, config, points, folder, options } = message;
  const logger = createLogger(message.logLevel as LogLevel);
  const context = { sourceId, config, points, folder, clock: systemClock, logger, sink: sinkOf(session) };
  sessions.set(session, openOpcuaSession(context, options));
}

async function browse(session: number, call: number, parentKey: string | undefined): Promise<void> {
  try {
    const nodes = await sessions.get(session)!.browse(parentKey);
    send({ type: 'browsed', call, nodes });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const notOnline = isMillwrightError(error) && error.code === 'CONNECTOR_NOT_ONLINE';
    send({
      type: 'browsed',
      call,
      error: { message, ...(notOnline ? { notOnline: String(error.details.reason) } : {}) },
    });
  }
}

async function close(session: number): Promise<void> {
  await sessions.get(session)?.close();
  sessions.delete(session);
  send({ type: 'closed', session });
}

port.on('message', (message: ToWorker) => {
  if (message.type === 'open') open(message);
  else if (message.type === 'browse') void browse(message.session, message.call, message.parentKey);
  else if (message.type === 'close') void close(message.session);
  else {
    const waiting = calls.get(message.call);
    calls.delete(message.call);
    if (message.error === undefined) waiting?.resolve(message.receipt ?? nothing);
    else waiting?.reject(new Error(message.error));
  }
});
