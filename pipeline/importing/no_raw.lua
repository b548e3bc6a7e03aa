-- An e-book's HTML that pandoc does not know, such as a script, is no text.
return { { RawBlock = function() return {} end, RawInline = function() return {} end } }
