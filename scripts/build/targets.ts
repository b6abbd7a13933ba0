import { join } from 'node:path'
import type { InputOptions, OutputOptions } from 'rolldown'
import type { BuildFiles } from './up-to-date.ts'
import { workersByAddress } from './workers.ts'

export type BuildTarget = 'renderer' | 'electron' | 'cli'

export const buildTargets: readonly BuildTarget[] = ['renderer', 'electron', 'cli']

const always = ['package.json', 'package-lock.json', 'scripts/build', 'scripts/build.ts']

/** What each target is made from and leaves behind. */
export const targetFiles: Readonly<Record<BuildTarget, BuildFiles>> = {
  renderer: {
    name: 'renderer',
    inputs: [...always, 'renderer', 'assets', 'electron/api', 'electron/till'],
    outputs: ['dist/renderer/index.html', 'dist/renderer/display.html'],
  },
  electron: {
    name: 'electron',
    inputs: [...always, 'electron', 'native'],
    outputs: ['dist/electron/main.js', 'dist/electron/preload.cjs'],
  },
  cli: {
    name: 'cli',
    inputs: [...always, 'electron', 'native'],
    outputs: ['dist/cli/main.js', 'dist/cli/command-line.js', 'dist/cli/open-till.js', 'dist/cli/run-browser-till.js'],
  },
}

/** What is not bundled: what the runtime brings, and the device packages with their compiled parts. */
const external = ['electron', /^node:/, 'node-hid', 'serialport']

/** The screens: `dist/renderer`, addresses relative, so that both hosts can serve it from anywhere. */
export async function buildRenderer(root: string): Promise<void> {
  const [{ build }, { default: react }] = await Promise.all([import('vite'), import('@vitejs/plugin-react')])
  await build({
    root: join(root, 'renderer'),
    configFile: false,
    base: './',
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir: join(root, 'dist/renderer'),
      emptyOutDir: true,
      target: 'chrome120',
      rolldownOptions: { input: ['index', 'display'].map((page) => join(root, 'renderer', `${page}.html`)) },
      // The policy allows no inline script.
      modulePreload: { polyfill: false },
      // One program in one file, read from the disk: splitting it gains nothing.
      chunkSizeWarningLimit: 4_000,
      reportCompressedSize: false,
    },
  })
}

async function bundle(options: InputOptions, output: OutputOptions): Promise<void> {
  const { rolldown } = await import('rolldown')
  // The ES form of a package first: the other form may look for its parts in ways that no bundler can follow.
  const bundler = await rolldown({
    platform: 'node',
    external,
    resolve: { mainFields: ['module', 'main'] },
    ...options,
  })
  try {
    await bundler.write(output)
  } finally {
    await bundler.close()
  }
}

/** The Electron host: main as an ES module, the preload as the single CommonJS file that a sandbox can load. */
export async function buildElectron(root: string): Promise<void> {
  const folder = join(root, 'dist/electron')
  await bundle(
    { input: { main: join(root, 'electron/main.ts') }, plugins: [workersByAddress(join(root, 'electron'))] },
    { dir: folder, cleanDir: true, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
  )
  await bundle(
    { input: join(root, 'electron/preload.ts') },
    { file: join(folder, 'preload.cjs'), format: 'cjs', codeSplitting: false },
  )
}

/**
 * What runs in Node: the command line as installed, `dist/cli/main.js`, and without a process of its own,
 * `dist/cli/command-line.js`; and the till with its browser host, which starts in half the time of its sources.
 */
export async function buildCli(root: string): Promise<void> {
  await bundle(
    {
      input: {
        main: join(root, 'electron/cli/main.ts'),
        'command-line': join(root, 'electron/cli/command-line.ts'),
        'open-till': join(root, 'electron/open-till.ts'),
        'run-browser-till': join(root, 'electron/hosts/browser/run-browser-till.ts'),
      },
      plugins: [workersByAddress(join(root, 'electron'))],
    },
    {
      dir: join(root, 'dist/cli'),
      cleanDir: true,
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
      banner: (chunk) => (chunk.isEntry && chunk.name === 'main' ? '#!/usr/bin/env node' : ''),
    },
  )
}

/** A script with all that it uses, in a folder of its own: it starts in a fraction of the time of the sources. */
export async function buildScript(root: string, script: string, folder: string): Promise<string> {
  await bundle(
    { input: { main: join(root, script) }, plugins: [workersByAddress(join(root, 'electron'))] },
    { dir: folder, cleanDir: true, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
  )
  return join(folder, 'main.js')
}
