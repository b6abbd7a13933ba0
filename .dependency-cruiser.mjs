// The table of allowed imports, folder by folder. The rules are tested: scripts/rules/violations holds one deliberate
// breach of each, and scripts/rules/import-rules.test.ts expects exactly those.
import { builtinModules } from 'node:module'

/** @typedef {import('dependency-cruiser').IForbiddenRuleType} Rule */

const tests = '\\.test\\.tsx?$'
/** Tests and what only tests use. */
const testSupport = [tests, '\\.fixture\\.tsx?$', '/(fixtures|testing)/']

/** Where the program and its tools begin; workers are started by address, not imported. */
const entries = [
  '^electron/(main|preload|cli/main|simulation/main)\\.ts$',
  '^electron/.*worker\\.ts$',
  '^native/.*-process\\.ts$',
  '^renderer/main\\.tsx$',
  '^scripts/[^/]+\\.(ts|mjs)$',
  '^scripts/gun-machine/guest/main\\.ts$',
  '^bench/[^/]+\\.ts$',
  '^e2e/.*\\.spec\\.ts$',
  '^e2e/window/(soak|cold-start|host-process)\\.ts$',
  '^playwright\\.config\\.ts$',
  '^\\.dependency-cruiser\\.mjs$',
]

/** The contract and how it travels: the files of electron/api that the window may see, types only. */
const contract = '^electron/api/(contract|language|wire|[a-z]+-views)\\.ts$'

const anyNode = `^(node:)?(${builtinModules.map((name) => name.replace(/^node:/, '')).join('|')})$`

/** @param {string[]} names */
const node = (...names) => `^(node:)?(${names.join('|')})$`

/** @param {string[]} names */
const packages = (...names) => `(^|/)node_modules/(${names.join('|')})/`

/**
 * @param {string} name
 * @param {string} why
 * @param {{ from: Rule['from'], to: string[] }} edges `to` is everything that may be imported
 * @returns {Rule}
 */
const mayImportOnly = (name, why, { from, to }) => ({
  name,
  comment: why,
  severity: 'error',
  from: { pathNot: testSupport, ...from },
  to: { pathNot: to },
})

/** @type {Rule[]} */
const rooms = [
  mayImportOnly('till-imports-itself-only', 'The rules need no Node, no clock, no package, no other folder.', {
    from: { path: '^electron/till/' },
    to: ['^electron/till/'],
  }),
  mayImportOnly(
    'channels-are-pure',
    'A channel encodes and decodes: till, what all channels share, crypto, the XML reader; no other channel.',
    {
      from: { path: '^electron/channels/([^/]+)/' },
      to: [
        '^electron/till/',
        '^electron/channels/$1/',
        '^electron/channels/(?!(registry|page)\\.)[^/]+\\.ts$',
        node('crypto'),
        packages('fast-xml-parser'),
      ],
    },
  ),
  mayImportOnly('channel-port-names-no-channel', 'The port knows the rules and nobody who implements it.', {
    from: { path: '^electron/channels/(?!(registry|page)\\.)[^/]+\\.ts$' },
    to: [
      '^electron/till/',
      '^electron/channels/(?!(registry|page)\\.)[^/]+\\.ts$',
      node('crypto'),
      packages('fast-xml-parser'),
    ],
  }),
  mayImportOnly('transport-sends-and-knows-nothing', 'One HTTP client for all: Node, undici and the request as data.', {
    from: { path: '^electron/transport/' },
    to: ['^electron/transport/', '^electron/till/', '^electron/channels/channel\\.ts$', anyNode, packages('undici')],
  }),
  mayImportOnly('ledger-keeps-and-knows-nothing', "The journal: till's types and Node's SQLite.", {
    from: { path: '^electron/ledger/' },
    to: ['^electron/ledger/', '^electron/till/', '^electron/crash-points/', anyNode],
  }),
  mayImportOnly('runner-sees-ports-only', 'Never a concrete channel or device; clock and timers are arguments.', {
    from: { path: '^electron/runner/' },
    to: [
      '^electron/runner/',
      '^electron/till/',
      '^electron/ledger/',
      '^electron/crash-points/crash-points\\.ts$',
      '^electron/transport/',
      '^electron/channels/channel\\.ts$',
      node('crypto'),
    ],
  }),
  mayImportOnly(
    'crash-points-name-and-kill',
    'Names of the loop’s points, and the switch; it knows no part of the till.',
    {
      from: { path: '^electron/crash-points/' },
      to: ['^electron/crash-points/', '^electron/till/', node('fs')],
    },
  ),
  mayImportOnly(
    'training-plays-the-channel',
    "The wallets' side of the wire: no ledger, no runner, books of its own.",
    {
      from: { path: '^electron/training/' },
      to: [
        '^electron/training/',
        '^electron/till/',
        '^electron/channels/',
        anyNode,
        packages('fast-xml-parser', '@peculiar/x509', 'bwip-js'),
      ],
    },
  ),
  mayImportOnly('receipts-draw-documents', 'Documents of till/ become bytes and pictures; no printer, no ledger.', {
    from: { path: '^electron/receipts/' },
    to: ['^electron/receipts/', '^electron/till/', anyNode, packages('receiptline', 'iconv-lite', 'pngjs')],
  }),
  mayImportOnly('exports-write-tables', 'Rows come in, a file goes out; who asks for them is not its business.', {
    from: { path: '^electron/exports/' },
    to: ['^electron/exports/', '^electron/till/', contract, anyNode, packages('yazl', '@types/yazl')],
  }),
  mayImportOnly('contract-reaches-till-only', 'The contract is made of the types of till/.', {
    from: { path: contract },
    to: ['^electron/till/', contract],
  }),
  mayImportOnly('preload-is-small', 'A sandboxed preload has electron and the contract; Node is not there.', {
    from: { path: '^electron/preload\\.ts$' },
    to: ['^electron/api/', packages('electron')],
  }),
  mayImportOnly('native-knows-devices-only', 'A device knows bytes and the types of till/, never money or channels.', {
    from: { path: '^native/' },
    to: ['^native/', '^electron/till/', anyNode, packages('node-hid', 'serialport', '@serialport/[^/]+')],
  }),
  mayImportOnly('renderer-imports-screens-only', 'Screens: React and its like, and the contract.', {
    from: { path: '^renderer/' },
    to: [
      '^renderer/',
      '^assets/',
      contract,
      packages('react', 'react-dom', 'antd', '@ant-design/(cssinjs|icons)', 'zustand', 'i18next', 'react-i18next'),
      packages('@tanstack/(react-query|react-table|react-virtual)'),
    ],
  }),
  mayImportOnly(
    'e2e-stands-outside',
    'A story meets the till as a person does: a host, the contract, practice codes. It opens the till, and afterwards reads its ledger as an auditor would.',
    {
      from: { path: '^e2e/' },
      to: [
        '^e2e/',
        '^electron/open-till\\.ts$',
        '^electron/ledger/(open-ledger|ledger)\\.ts$',
        '^electron/api/',
        '^electron/training/',
        '^electron/hosts/',
        // What reads a printer's paper.
        '^electron/receipts/escpos-paper\\.fixture\\.ts$',
        '^native/.*\\.fixture\\.ts$',
        // What a measurement of the window shows.
        '^bench/figures/',
        anyNode,
        packages('@?playwright[^/]*(/test)?', '@axe-core/playwright'),
      ],
    },
  ),
]

/** @type {Rule[]} */
const doors = [
  {
    name: 'only-the-electron-host-imports-electron',
    comment: 'Everything else on the main side runs in plain Node.',
    severity: 'error',
    from: { pathNot: '^electron/(hosts/electron/|main\\.ts$|preload\\.ts$)' },
    to: { path: packages('electron') },
  },
  {
    name: 'renderer-takes-types-only',
    comment: 'What the window knows of the main side vanishes when compiled.',
    severity: 'error',
    from: { path: '^renderer/' },
    to: { path: '^electron/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'contract-is-types-only',
    comment: 'No value crosses: the contract imports types alone.',
    severity: 'error',
    from: { path: contract },
    to: { dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'transport-takes-types-of-the-port',
    comment: 'The request as data is a type; nothing of a channel runs in the transport.',
    severity: 'error',
    from: { path: '^electron/transport/', pathNot: tests },
    to: { path: '^electron/channels/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'main-side-does-not-know-the-window',
    comment: 'The contract is the only thing both sides see.',
    severity: 'error',
    from: { path: '^(electron|native)/' },
    to: { path: '^renderer/' },
  },
  {
    name: 'hosts-are-opened-from-outside',
    comment: 'Nothing behind a host knows which host it is.',
    severity: 'error',
    from: { path: '^(electron|native)/', pathNot: ['^electron/(hosts/|main\\.ts$)', tests] },
    to: { path: '^electron/hosts/[^/]+/' },
  },
  {
    name: 'hosts-are-strangers',
    comment: 'What both hosts need stands outside of them.',
    severity: 'error',
    from: { path: '^electron/hosts/([^/]+)/' },
    to: { path: '^electron/hosts/([^/]+)/', pathNot: '^electron/hosts/$1/' },
  },
  {
    name: 'features-do-not-know-the-surface',
    comment: 'The command line and the hosts stand on the features, not the other way round.',
    severity: 'error',
    from: { path: '^electron/(settings|receipts|exports|shifts|reconcile|staff|api)/', pathNot: tests },
    to: { path: '^electron/(cli|simulation)/' },
  },
]

/** @type {Rule[]} */
const everywhere = [
  {
    name: 'no-cycles',
    comment: 'Two files that need each other are one.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-dead-files',
    comment: 'Reached from no entry: dead code, or a test is its only user.',
    severity: 'error',
    from: {
      path: entries,
    },
    to: {
      path: '^(electron|native|renderer|scripts|bench|e2e)/',
      pathNot: [...entries, ...testSupport, '\\.d\\.ts$'],
      reachable: false,
    },
  },
  {
    name: 'no-tests-in-production',
    comment: 'Tests, and what only they use, are imported from tests.',
    severity: 'error',
    from: { pathNot: [...testSupport, '^e2e/'] },
    to: { path: testSupport },
  },
  {
    name: 'no-simulation-in-production',
    comment: 'The simulated world uses the program, never the program the world.',
    severity: 'error',
    from: { pathNot: ['^electron/simulation/', '^(scripts|bench)/', tests] },
    to: { path: '^electron/simulation/' },
  },
  {
    name: 'no-tools-in-production',
    comment: 'scripts, bench and e2e work on the program; it does not know them.',
    severity: 'error',
    from: { path: '^(electron|native|renderer)/' },
    to: { path: '^(scripts|bench|e2e)/' },
  },
  {
    name: 'oracles-in-tests-only',
    comment: 'The official and community SDKs check our work; they never do it.',
    severity: 'error',
    from: { pathNot: tests },
    to: { path: packages('wechatpay-axios-plugin', 'alipay-sdk', 'fast-check', '@zxing/library') },
  },
  {
    name: 'no-phantom-packages',
    comment: 'A package that package.json does not list is there by luck.',
    severity: 'error',
    from: {},
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
  { name: 'no-unresolvable', comment: 'It is not there.', severity: 'error', from: {}, to: { couldNotResolve: true } },
]

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [...rooms, ...doors, ...everywhere],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.cache|scripts/rules/violations)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
}
