const nameOf = (path: string): string =>
  (path.split('/').at(-1) ?? path).replace(/\.ko(\.\w+)?$/, '').replaceAll('-', '_')

/**
 * The files of the modules that are wanted and of all that they need, each behind what it needs, as `modules.dep` of
 * depmod tells it. A module that is not listed is left out: it is built into the kernel, or the machine says that it lacks it.
 */
export function modulesInOrder(dependencyList: string, wanted: readonly string[]): readonly string[] {
  const needs = new Map<string, readonly string[]>()
  const paths = new Map<string, string>()
  for (const line of dependencyList.split('\n')) {
    const [path = '', rest] = line.split(':')
    if (rest === undefined) continue
    paths.set(nameOf(path), path)
    needs.set(path, rest.split(' ').filter(Boolean))
  }
  const inOrder = new Set<string>()
  const add = (path: string): void => {
    if (inOrder.has(path)) return
    for (const needed of needs.get(path) ?? []) add(needed)
    inOrder.add(path)
  }
  for (const name of wanted) {
    const path = paths.get(nameOf(name))
    if (path !== undefined) add(path)
  }
  return [...inOrder]
}
