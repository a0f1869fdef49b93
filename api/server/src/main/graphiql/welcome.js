/** The first tab; its lines are short enough for half of a small window. */
export const welcome = `# Welcome to Tidemark.
#
# Run this (Ctrl-Enter) to see
# what the project collected.
#
# The explorer on the left lists
# all that can be asked: click a
# field and it joins the query.
# The book icon explains them.

{
  collections {
    name
    columns {
      name
      type
    }
    eventCount
  }
}
`;
