// Package syntax reads theorem files into a tree: what stands where, and nothing of what it
// means. The grammar is docs/theorem-files.md; the package statement above gives the tree its
// meaning.
//
// An error is a [text.SyntaxError] with line and column, what was found, what was expected
// and, where a habit from another language is recognised, what to write instead.
//
// # Limits
//
// A file has at most [MaxBytes] bytes and [MaxTokens] words and signs, and parentheses nest at most
// [MaxDepth] deep, so that any file is read in time and memory proportional to its length.
//
// Nor is the tree deep: what is nested by brackets or signs has at most [MaxDepth]
// levels. Only a chain of operators of the same strength, which leans to the left, is
// as deep as it is long; who walks it must do so in a loop.
package syntax
