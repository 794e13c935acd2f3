import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OnvifDevice {
  readonly port: number;
  readonly address: string;
  close(): void;
}

export interface OnvifDeviceOptions {
  readonly name: string;
  readonly user: string;
  readonly password: string;
  /** Port of the RTSP server that its stream addresses name. */
  readonly rtspPort: number;
}

const envelope = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:tds="http://www.onvif.org/ver10/device/wsdl" xmlns:trt="http://www.onvif.org/ver10/media/wsdl" xmlns:tt="http://www.onvif.org/ver10/schema" xmlns:ter="http://www.onvif.org/ver10/error"><s:Body>${body}</s:Body></s:Envelope>`;

/** A device of ONVIF profile S as far as finding its streams goes: SOAP over HTTP with a password digest, and WS-Discovery. */
export async function startOnvifDevice(options: OnvifDeviceOptions): Promise<OnvifDevice> {
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const action = actionOf(text);
    const open = action === 'GetSystemDateAndTime' || isAuthorized(text, options);
    response.statusCode = open ? 200 : 400;
    response.setHeader('content-type', 'application/soap+xml');
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    response.end(
      envelope(open ? answer(action, text, host, options) : fault('ter:NotAuthorized', 'Sender not Authorized')),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}/onvif/device_service`;
  const socket = await answerDiscovery(address, options.name);
  return {
    port,
    address,
    close: () => {
      socket.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

const actionOf = (text: string): string => /<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)/.exec(text)?.[1] ?? '';

/** WS-Security UsernameToken: Base64(SHA-1(nonce + created + password)). */
function isAuthorized(text: string, { user, password }: OnvifDeviceOptions): boolean {
  const field = (name: string) => new RegExp(`<(?:\\w+:)?${name}(?:\\s[^>]*)?>([^<]*)<`).exec(text)?.[1] ?? '';
  const nonce = Buffer.from(field('Nonce'), 'base64');
  const digest = createHash('sha1').update(nonce).update(field('Created')).update(password).digest('base64');
  return field('Username') === user && field('Password') === digest;
}

const fault = (code: string, reason: string): string =>
  `<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>${code}</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="en">${reason}</s:Text></s:Reason></s:Fault>`;

const profile = (token: string, name: string, width: number, height: number): string =>
  `<trt:Profiles token="${token}" fixed="true"><tt:Name>${name}</tt:Name><tt:VideoSourceConfiguration token="vsc"><tt:Name>vsc</tt:Name><tt:SourceToken>vs</tt:SourceToken></tt:VideoSourceConfiguration><tt:VideoEncoderConfiguration token="vec-${token}"><tt:Name>vec</tt:Name><tt:Encoding>H264</tt:Encoding><tt:Resolution><tt:Width>${width}</tt:Width><tt:Height>${height}</tt:Height></tt:Resolution><tt:RateControl><tt:FrameRateLimit>25</tt:FrameRateLimit></tt:RateControl></tt:VideoEncoderConfiguration></trt:Profiles>`;

function answer(action: string, text: string, host: string, { rtspPort }: OnvifDeviceOptions): string {
  const now = new Date();
  switch (action) {
    case 'GetSystemDateAndTime':
      return `<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>NTP</tt:DateTimeType><tt:UTCDateTime><tt:Time><tt:Hour>${now.getUTCHours()}</tt:Hour><tt:Minute>${now.getUTCMinutes()}</tt:Minute><tt:Second>${now.getUTCSeconds()}</tt:Second></tt:Time><tt:Date><tt:Year>${now.getUTCFullYear()}</tt:Year><tt:Month>${now.getUTCMonth() + 1}</tt:Month><tt:Day>${now.getUTCDate()}</tt:Day></tt:Date></tt:UTCDateTime></tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>`;
    case 'GetCapabilities':
      return `<tds:GetCapabilitiesResponse><tds:Capabilities><tt:Device><tt:XAddr>http://${host}/onvif/device_service</tt:XAddr></tt:Device><tt:Media><tt:XAddr>http://${host}/onvif/media</tt:XAddr></tt:Media></tds:Capabilities></tds:GetCapabilitiesResponse>`;
    case 'GetDeviceInformation':
      return '<tds:GetDeviceInformationResponse><tds:Manufacturer>Acme</tds:Manufacturer><tds:Model>Dome 4</tds:Model><tds:FirmwareVersion>1.2</tds:FirmwareVersion><tds:SerialNumber>0042</tds:SerialNumber><tds:HardwareId>D4</tds:HardwareId></tds:GetDeviceInformationResponse>';
    case 'GetProfiles':
      return `<trt:GetProfilesResponse>${profile('thumb', 'Thumb', 160, 120)}${profile('main', 'Main', 1920, 1080)}${profile('sub', 'Sub', 640, 360)}<trt:Profiles token="sound"><tt:Name>Sound</tt:Name></trt:Profiles></trt:GetProfilesResponse>`;
    case 'GetVideoSources':
      return '<trt:GetVideoSourcesResponse><trt:VideoSources token="vs"><tt:Framerate>25</tt:Framerate><tt:Resolution><tt:Width>1920</tt:Width><tt:Height>1080</tt:Height></tt:Resolution></trt:VideoSources></trt:GetVideoSourcesResponse>';
    case 'GetStreamUri': {
      const token = /ProfileToken[^>]*>([^<]+)</.exec(text)?.[1];
      return `<trt:GetStreamUriResponse><trt:MediaUri><tt:Uri>rtsp://127.0.0.1:${rtspPort}/${token}</tt:Uri></trt:MediaUri></trt:GetStreamUriResponse>`;
    }
    default:
      return fault('ter:ActionNotSupported', 'Optional Action Not Implemented');
  }
}

async function answerDiscovery(address: string, name: string) {
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  socket.on('message', (message, sender) => {
    const id = /MessageID[^>]*>([^<]+)</.exec(message.toString())?.[1];
    if (!id || !message.includes('Probe')) return;
    const reply = `<?xml version="1.0"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"><s:Header><a:RelatesTo>${id}</a:RelatesTo></s:Header><s:Body><d:ProbeMatches><d:ProbeMatch><a:EndpointReference><a:Address>urn:uuid:${name}-0042</a:Address></a:EndpointReference><d:Types>dn:NetworkVideoTransmitter</d:Types><d:Scopes>onvif://www.onvif.org/name/${encodeURIComponent(name)} onvif://www.onvif.org/hardware/D4</d:Scopes><d:XAddrs>${address}</d:XAddrs><d:MetadataVersion>1</d:MetadataVersion></d:ProbeMatch></d:ProbeMatches></s:Body></s:Envelope>`;
    socket.send('not even XML', sender.port, sender.address);
    socket.send(reply, sender.port, sender.address);
  });
  await new Promise<void>((resolve) => socket.bind(3702, resolve));
  try {
    socket.addMembership('239.255.255.250');
  } catch {
    // A machine without a network has no way for multicast; then it can be asked by address only.
  }
  return socket;
}
