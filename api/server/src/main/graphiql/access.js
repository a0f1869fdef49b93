/**
 * The key and the project that this browser tab asks with. They come from the address's fragment or from the bar, and stay in
 * the tab's session storage: a key must outlive neither the tab nor, in the address bar, a screenshot.
 */
export function currentAccess() {
  const stored = {
    key: sessionStorage.getItem('tidemark.key') ?? '',
    project: sessionStorage.getItem('tidemark.project') ?? '',
  };
  const given = new URLSearchParams(location.hash.slice(1));
  if (!given.has('key') && !given.has('project')) return stored;

  history.replaceState(null, '', location.pathname + location.search);
  return storeAccess({
    key: given.get('key') ?? stored.key,
    project: given.get('project') ?? (given.has('key') ? '' : stored.project),
  });
}

export function storeAccess({ key, project }) {
  const access = { key: key.trim(), project: project.trim() };
  sessionStorage.setItem('tidemark.key', access.key);
  sessionStorage.setItem('tidemark.project', access.project);
  return access;
}
