export type Opcua = typeof import('node-opcua');

let loaded: Promise<Opcua> | undefined;

/** The library takes about a second and 100 MB to load, so a server without OPC UA sources never does. */
export function loadOpcua(): Promise<Opcua> {
  loaded ??= import('node-opcua').then((opcua) => {
    // It would write to the console; what matters comes back as an error and ends in the state of the source.
    opcua.setWarningLogger(() => undefined);
    opcua.setErrorLogger(() => undefined);
    return opcua;
  });
  return loaded;
}
