// VitePress's own theme, wide enough for a terminal of 80 columns.

import theme from 'vitepress/theme';
import './style.css';

export default theme;
