import { defineNotes, type Note, type Reason } from '@millwright/kernel';

interface OfNode {
  key: string;
  status: string;
}

/** What connectors say of themselves and of what they could not take. Words of a device or a broker stay as they came. */
export const connectorNotes = defineNotes('connector', {
  connecting: ({ where }: { where: Reason }) => `Connecting to ${where}.`,
  subscribing: ({ topic }: { topic: string }) => `Subscribing to ${topic}.`,
  listening: ({ topic }: { topic: string }) => `Listening to ${topic}.`,
  'subscription-refused': ({ reason }: { reason: Reason }) => `The broker does not take the subscription: ${reason}.`,
  'waiting-for-posts': () => 'Waiting for readings to be posted.',
  'not-running': () => 'not running in this process',
  because: ({ what, reason }: { what: Reason; reason: Reason }) => `${what}: ${reason}`,
  troubles: ({ where, troubles }: { where: Reason; troubles: readonly Reason[] }) => `${where}: ${troubles}.`,
  repeated: ({ reason, count }: { reason: Reason; count: number }) => `${reason} (and ${count} more times before)`,
  'given-up': (values: { count: number; from: { time: string }; to: { time: string } }) =>
    `${values.count} readings between ${values.from} and ${values.to} were given up because the database was away and the memory set aside was full.`,

  'modbus-device': ({ address, unit }: { address: string; unit: string }) => `${address} unit ${unit}`,
  'modbus-silent': ({ where, reason }: { where: Note; reason: Reason }) => `${where} does not answer: ${reason}.`,
  'modbus-answers': ({ where, reads }: { where: Note; reads: number }) =>
    `${where} answers in ${reads} reads per poll.`,
  'modbus-slow': ({ took, period }: { took: number; period: number }) =>
    `a poll takes ${took} s, longer than the ${period} s between polls`,
  'modbus-no-value': ({ key, raw, type }: { key: string; raw: string; type: string }) =>
    `${key} holds ${raw}, which is not a finite ${type}.`,
  'modbus-refused': ({ where, trouble }: { where: Note; trouble: Note }) => `${where} refuses ${trouble}.`,
  'modbus-register': ({ key, block, exception }: { key: string; block: string; exception: string }) =>
    `${key} (${block}): ${exception}`,
  'modbus-registers': (values: { key: string; more: number; block: string; exception: string }) =>
    `${values.key} and ${values.more} more (${values.block}): ${values.exception}`,

  'opcua-connecting': () => 'the first connection is under way',
  'opcua-starting': () => 'it is closed or being started',
  'opcua-lost': () => 'the connection was lost',
  'opcua-setup-late': ({ seconds }: { seconds: number }) => `the server did not finish connecting within ${seconds} s`,
  'opcua-silent': ({ seconds }: { seconds: number }) => `the server has not answered for ${seconds} s`,
  'opcua-status': ({ status }: { status: string }) => `the server answers ${status}`,
  'opcua-untrusted': ({ certificates }: { certificates: readonly string[] }) =>
    `The server's certificate is not trusted yet: ${certificates}. A person has to compare the thumbprint and trust it`,
  'opcua-trust-us': ({ message, folder }: { message: string; folder: string }) =>
    `${message}. If the server keeps a list of trusted clients, trust this source's own certificate there (${folder})`,
  'opcua-worker-ended': ({ reason }: { reason: string }) => `The OPC UA worker ended (${reason}) and is started anew.`,
  'opcua-no-node': ({ key }: { key: string }) => `${key} is no node id of this server`,
  'opcua-watch-refused': ({ key, status }: OfNode) => `The server refuses to watch ${key}: ${status}.`,
  'opcua-refuses': ({ key, status }: OfNode) => `the server refuses ${key} (${status})`,
  'opcua-refuses-several': ({ key, more, status }: OfNode & { more: number }) =>
    `the server refuses ${key} and ${more} more (${status})`,
  'opcua-subscribed': ({ count }: { count: number }) => `${count} nodes subscribed`,
  'opcua-polled': ({ count, seconds }: { count: number; seconds: number }) =>
    `${count} read every ${seconds} s, because the server allows no more monitored items`,
  'opcua-backfilled': ({ count, since }: { count: number; since: { time: string } }) =>
    `${count} values since ${since} fetched from the server's history`,
  'opcua-no-history': (values: { nodes: readonly string[]; status: string; since: { time: string } }) =>
    `the server gives no history of ${values.nodes} (${values.status}), so what was missed since ${values.since} stays missing`,
  'opcua-no-history-yet': (values: { nodes: readonly string[]; status: string; since: { time: string } }) =>
    `the server gives no history of ${values.nodes} (${values.status}), so what was missed since ${values.since} stays missing, or comes at the next connection`,
  'opcua-overflow': ({ key }: { key: string }) =>
    `The server's queue for ${key} ran over and values were lost; lower publishingMs or raise samplingMs.`,
  'opcua-no-value': ({ key, status }: OfNode) => `${key} has no value: ${status}.`,
  'not-a-number': ({ key, value }: { key: string; value: string }) => `${key} is ${value}, not a number.`,

  'sparkplug-subscribing': ({ group }: { group: string }) => `Subscribing to Sparkplug group ${group}.`,
  'sparkplug-waiting': ({ group }: { group: string }) => `Waiting for an edge node of group ${group}.`,
  'sparkplug-all-dead': ({ nodes }: { nodes: string }) =>
    `No edge node is alive: ${nodes} died or has not been heard yet.`,
  'sparkplug-alive': ({ alive, count }: { alive: number; count: number }) => `${alive} of ${count} edge nodes alive`,
  'sparkplug-degraded': ({ alive, troubles }: { alive: Note; troubles: readonly Note[] }) => `${alive}; ${troubles}.`,
  'sparkplug-dead': ({ nodes }: { nodes: string }) => `edge node ${nodes} is dead`,
  'sparkplug-device-dead': ({ devices }: { devices: string }) => `device ${devices} is dead`,
  'sparkplug-unborn': ({ nodes }: { nodes: string }) => `edge node ${nodes} sends data but has not given birth`,
  'sparkplug-doubtful': ({ nodes }: { nodes: string }) =>
    `edge node ${nodes} missed messages; its values are uncertain until it gives birth again`,
  'sparkplug-no-birth': ({ topic, node }: { topic: string; node: string }) =>
    `${topic} carries data, but no birth of ${node} has been seen; it was asked for one.`,
  'sparkplug-unknown-metric': (values: { topic: string; metrics: string; node: string }) =>
    `${values.topic} names ${values.metrics}, which the birth of ${values.node} does not have; a new birth was asked for.`,
  'sparkplug-not-finite': ({ topic, metrics }: { topic: string; metrics: string }) =>
    `${topic}: ${metrics} is not a finite number.`,
  'sparkplug-null': ({ topic, metrics }: { topic: string; metrics: string }) =>
    `${topic}: ${metrics} has no value at present (null).`,
  'sparkplug-no-quantity': ({ topic, metrics }: { topic: string; metrics: string }) =>
    `${topic}: ${metrics} cannot be stored as a number.`,
  'sparkplug-gap': ({ missing, node, number }: { missing: number; node: string; number: number }) =>
    `${missing} messages of edge node ${node} never arrived before number ${number}; a new birth was asked for.`,
  'sparkplug-topic': ({ topic }: { topic: string }) => `Topic ${topic} is not Sparkplug: no such message type`,
  'sparkplug-ends-early': () => 'it ends in the middle of a number',
  'sparkplug-number-long': () => 'a number is longer than 64 bits',
  'sparkplug-field-long': ({ bytes }: { bytes: number }) => `a field of ${bytes} bytes runs past the end`,
  'sparkplug-field-beyond': () => 'a field runs past the end of its message',
  'sparkplug-field-zero': () => 'field number 0',
  'sparkplug-wire-type': ({ type }: { type: number }) => `wire type ${type} does not exist`,

  'mqtt-not-json': ({ topic }: { topic: string }) => `Message on ${topic} is not JSON`,
  'mqtt-nothing': ({ topic, problem }: { topic: string; problem: Note }) => `Message on ${topic}: ${problem}.`,
  'mqtt-nothing-at': ({ path }: { path: string }) => `nothing at ${path}`,
  'mqtt-no-object': ({ path }: { path: string }) => `no object at ${path}`,
  'mqtt-no-array': ({ path }: { path: string }) => `no array at ${path}`,
  'mqtt-no-key': ({ topic, key }: { topic: string; key: string }) =>
    `Message on ${topic} lacks a part of the key ${key}.`,
  'mqtt-no-time': ({ text, key, format }: { text: string; key: string; format: string }) =>
    `Time ${text} of ${key} is no ${format} time.`,
  'mqtt-point-limit': ({ key, number, most }: { key: string; number: number; most: number }) =>
    `${key} would be point number ${number} of this source; maxPoints is ${most}.`,

  'post-lines': ({ most }: { most: number }) => `it has over ${most} lines; send them in several requests`,
  'post-line-not-json': ({ line, reason }: { line: number; reason: string }) => `Line ${line} is not JSON: ${reason}.`,
  'post-columns': ({ column, count, times }: { column: string; count: number; times: number }) =>
    `column ${column} has ${count} values and time has ${times}`,
  'post-row': ({ row, problem }: { row: number; problem: Note }) => `Row ${row}: ${problem}.`,
  'post-no-object': () => 'a reading is an object with key, time and value',
  'post-no-key': () => 'it names neither key nor point',
  'post-no-point': ({ point }: { point: string }) => `the source has no point ${point}`,
  'post-no-time': ({ time }: { time: string }) => `${time} is no time`,
  'post-no-number': ({ value }: { value: string }) => `${value} is not a number`,
});
