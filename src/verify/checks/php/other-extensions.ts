import { judge, type Check } from '../../check';

/** Extensions that are asked for by another name than they give themselves, or than one of two that they give. */
const ASKED_NAMES: Readonly<Record<string, string>> = { libsmbclient: 'smbclient', 'zend opcache': 'opcache' };

/** The extensions that are loaded, each with those that it needs or uses. */
const LOADED = `
$loaded = [];
foreach (get_loaded_extensions() as $name) {
    $uses = array_filter((new ReflectionExtension($name))->getDependencies(), function ($how) { return $how !== 'Conflicts'; });
    $loaded[strtolower($name)] = array_map('strtolower', array_keys($uses));
}
echo json_encode($loaded);`;

/** Without any configuration only what is compiled in is there. */
const COMPILED_IN = 'echo json_encode(get_loaded_extensions());';

export const otherExtensions: Check = {
  id: 'php/other-extensions',
  expectation: 'no extension is loaded that was not asked for, or is not used by one that was',
  async run(subject) {
    const server = await subject.server();
    const loaded = JSON.parse(await server.php(LOADED)) as Record<string, string[]>;
    const bare = await subject.engine.exec(server.container, ['php', '-n', '-r', COMPILED_IN]);
    const compiledIn = JSON.parse(bare.stdout) as string[];
    const { extensions } = subject.image.php;
    const wanted = new Set([...extensions, ...compiledIn].map((name) => name.toLowerCase()));
    const names = Object.keys(loaded);
    const asked = (name: string): boolean => wanted.has(ASKED_NAMES[name] ?? name);
    // What is used by something wanted is wanted, and so on.
    for (let before = -1; before !== wanted.size;) {
      before = wanted.size;
      names.filter(asked).forEach((name) => loaded[name]!.forEach((other) => wanted.add(other)));
    }
    const others = names.filter((name) => !asked(name)).map((name) => `${name} is loaded`);
    return judge(others, `${names.length} are loaded, ${compiledIn.length} of them compiled in`);
  },
};
